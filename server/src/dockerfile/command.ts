/** What CMD, ENTRYPOINT and HEALTHCHECK start. */
import type { Span } from '../core/span.ts';
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

const LIST = /^\s*\[\s*(?:'[^']*'|"[^"]*")(?:\s*,\s*(?:'[^']*'|"[^"]*"))*\s*\]\s*$/;

/** Items in single quotes of what would be a list, were it not for those: to BuildKit it is text. */
export function singleQuotedIn({ code, start, escape }: Code): readonly Span[] {
  const plain = withoutContinuations(code, escape);
  if (!LIST.test(plain)) return [];
  return Array.from(plain.matchAll(/'[^']*'|"[^"]*"/g), ({ 0: item, index }) => ({
    isSingle: item.startsWith("'"),
    span: { start: start + index, end: start + index + item.length },
  })).flatMap(({ isSingle, span }) => (isSingle ? [span] : []));
}
