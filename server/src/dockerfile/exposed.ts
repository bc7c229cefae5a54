/** What EXPOSE names: ports, ranges, and whatever else stands there. */
import type { Instruction } from './model.ts';
import { withTriggers } from './triggers.ts';
import { variablesIn } from './variables.ts';
import { type Word, wordsIn } from './words.ts';

export interface Exposed extends Word {
  /** The text with a `?` in the place of every variable, whatever its braces hold. */
  readonly plain: string;
  /** What follows the last colon that stands in no variable; the whole text where there is none. */
  readonly behindColon: string;
}

/** In their order; those of ONBUILD among them. Of what was meant for a comment, the first word. */
export function exposedIn(instructions: readonly Instruction[]): readonly Exposed[] {
  return withTriggers(instructions)
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ code }) => upToComment(wordsIn(code)))
    .map((word) => ({ ...word, ...withoutVariables(word.text) }));
}

function upToComment(words: readonly Word[]): readonly Word[] {
  const comment = words.findIndex(({ text }) => text.startsWith('#'));
  return comment < 0 ? words : words.slice(0, comment + 1);
}

function withoutVariables(text: string): Pick<Exposed, 'plain' | 'behindColon'> {
  let plain = '';
  let at = 0;
  let start = 0;
  const add = (to: number): void => {
    const part = text.slice(at, to);
    if (part.includes(':')) start = at + part.lastIndexOf(':') + 1;
    plain += part;
  };
  for (const { span } of variablesIn({ code: text, start: 0, escape: '\\' })) {
    // Those inside of others are gone with them.
    if (span.start < at) continue;
    add(span.start);
    plain += '?';
    at = span.end;
  }
  add(text.length);
  return { plain, behindColon: text.slice(start) };
}
