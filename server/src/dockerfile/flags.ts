/** Flags of an instruction: `--from=build`, `--mount=type=cache,target=/root/.cache`. */
import type { Span } from '../core/span.ts';
import type { Word } from './words.ts';

export interface Flag {
  /** Without the dashes, as written. */
  readonly name: string;
  /** Undefined where nothing follows the name. */
  readonly value: string | undefined;
  readonly span: Span;
  /** Of the value; empty at the end of the flag where there is none. */
  readonly valueSpan: Span;
}

/** The words in front that are flags, and how many there are. */
export function flagsOf(words: readonly Word[]): readonly Flag[] {
  const end = words.findIndex(({ text }) => !/^--./.test(text));
  return words.slice(0, end < 0 ? words.length : end).map(flagOf);
}

function flagOf({ text, span }: Word): Flag {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text.slice(2) : text.slice(2, equals);
  const value = equals < 0 ? undefined : text.slice(equals + 1);
  return {
    name,
    value,
    span,
    valueSpan: { start: equals < 0 ? span.end : span.start + equals + 1, end: span.end },
  };
}

/** The options of `--mount=…`, `key=value` or a key alone, by key in lower case. */
export function optionsOf({ value = '' }: Flag): ReadonlyMap<string, string> {
  return new Map(
    value.split(',').map((part) => {
      const [key = '', ...rest] = part.split('=');
      return [key.trim().toLowerCase(), rest.join('=')];
    }),
  );
}

/** The value of the last flag of this name. */
export function flagNamed(flags: readonly Flag[], name: string): Flag | undefined {
  return flags.findLast((flag) => flag.name.toLowerCase() === name);
}
