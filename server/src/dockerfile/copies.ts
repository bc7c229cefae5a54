/** What COPY and ADD bring into an image, and from where. */
import type { Span } from '../core/span.ts';
import { flagNamed } from './flags.ts';
import type { Instruction } from './model.ts';
import { listIn, type Word, wordsIn } from './words.ts';

export interface Copy {
  /** As written; heredocs and addresses among them. */
  readonly sources: readonly Word[];
  /** Undefined where nothing is said. */
  readonly destination: Word | undefined;
  /** The stage or image of `--from`; undefined for the build context. */
  readonly from: Reference | undefined;
}

/** A name of a stage or an image, where it is written. */
export interface Reference {
  readonly text: string;
  readonly span: Span;
}

/** Undefined for any other instruction. */
export function copyOf({ keyword, code, flags }: Instruction): Copy | undefined {
  if (keyword !== 'COPY' && keyword !== 'ADD') return undefined;
  const words = listIn(code) ?? wordsIn(code);
  const from = flagNamed(flags, 'from');
  return {
    sources: words.slice(0, -1),
    destination: words.at(-1),
    from: from?.value === undefined ? undefined : { text: from.value, span: from.valueSpan },
  };
}

/** `--from=NAME`, and `--mount=…,from=NAME`. */
export function referencesIn({ flags }: Instruction): readonly Reference[] {
  return flags.flatMap(({ name, value = '', valueSpan }) => {
    if (name.toLowerCase() === 'from') return [{ text: value, span: valueSpan }];
    if (name.toLowerCase() !== 'mount') return [];
    const match = /(?<=^|,)from=([^,]+)/i.exec(value);
    if (!match) return [];
    const [all, text = ''] = match;
    const start = valueSpan.start + match.index + all.length - text.length;
    return [{ text, span: { start, end: start + text.length } }];
  });
}
