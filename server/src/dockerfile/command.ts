/** What CMD, ENTRYPOINT and HEALTHCHECK start. */
import type { Instruction } from './model.ts';
import { type Code, withoutContinuations, wordsIn } from './words.ts';

/** The command, without the word CMD of a HEALTHCHECK; undefined where the instruction starts nothing. */
export function commandOf({ keyword, code }: Instruction): Code | undefined {
  if (keyword === 'CMD' || keyword === 'ENTRYPOINT') return code;
  if (keyword !== 'HEALTHCHECK') return undefined;
  const [cmd, first] = wordsIn(code);
  if (cmd?.text.toUpperCase() !== 'CMD' || !first) return undefined;
  return { ...code, code: code.code.slice(first.span.start - code.start), start: first.span.start };
}

const LIST = /^\s*\[\s*(?:'[^'\r\n]*'|"[^"\r\n]*")(?:\s*,\s*(?:'[^'\r\n]*'|"[^"\r\n]*"))*\s*\]\s*$/;

/** It would be a list, were it not for single quotes: to BuildKit it is text. */
export function isSingleQuotedList({ code, escape }: Code): boolean {
  const plain = withoutContinuations(code, escape);
  return LIST.test(plain) && /^[^"]*(?:"[^"]*"[^"]*)*'/.test(plain.replace(/"[^"]*"/g, '""'));
}
