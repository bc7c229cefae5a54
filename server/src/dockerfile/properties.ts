/** Names with values: what LABEL, ENV and ARG set. */
import type { Span } from '../core/span.ts';
import { type Code, type Word, wordsIn } from './words.ts';

export interface Property {
  readonly name: string;
  /** Without quotes, variables as written; undefined where nothing is said. */
  readonly value: string | undefined;
  readonly span: Span;
  readonly nameSpan: Span;
  /** As written, quotes included; empty behind the name where nothing is said. */
  readonly valueSpan: Span;
  /** `ENV NAME value`, which takes all that follows for the value. */
  readonly isLegacy: boolean;
}

const none: readonly Property[] = [];

/** None for other keywords. */
export function propertiesIn(keyword: string, code: Code): readonly Property[] {
  if (keyword !== 'LABEL' && keyword !== 'ENV' && keyword !== 'ARG') return none;
  const words = wordsIn(code);
  const [first] = words;
  if (first && keyword !== 'ARG' && !first.text.includes('=')) return [legacyOf(words, first)];
  return words.map((word) => propertyOf(word, code));
}

function propertyOf({ text, span }: Word, { code, start }: Code): Property {
  const equals = text.indexOf('=');
  if (equals < 0) {
    const valueSpan = { start: span.end, end: span.end };
    return { name: text, value: undefined, span, nameSpan: span, valueSpan, isLegacy: false };
  }
  const written = code.indexOf('=', span.start - start) + start;
  return {
    name: text.slice(0, equals),
    value: text.slice(equals + 1),
    span,
    nameSpan: { start: span.start, end: written },
    valueSpan: { start: written + 1, end: span.end },
    isLegacy: false,
  };
}

/** Quotes in it are part of the value of LABEL and ENV only as written between words. */
function legacyOf(words: readonly Word[], { text, span }: Word): Property {
  const rest = words.slice(1);
  const end = rest.at(-1)?.span.end ?? span.end;
  return {
    name: text,
    value: rest.length === 0 ? undefined : rest.map((word) => word.text).join(' '),
    span: { start: span.start, end },
    nameSpan: span,
    valueSpan: { start: rest[0]?.span.start ?? end, end },
    isLegacy: true,
  };
}
