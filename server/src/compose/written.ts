/** The way back from the text of a scalar to the characters that are written for it. */
import type { Span } from '../core/span.ts';
import { lineEnd, lineStart } from '../core/span.ts';
import type { Scalar } from './value.ts';

/**
 * Where a stretch of a scalar's text (with its variables, as it is written) stands in its source. Undefined where escapes
 * or folded lines stand between the two, so that no stretch of the file is it alone.
 */
export function writtenAt(scalar: Scalar, { start, end }: Span): Span | undefined {
  const from = offsetOf(scalar, start);
  if (from === undefined) return undefined;
  const found = { start: from, end: from + end - start };
  const written = scalar.source.text.slice(found.start, found.end);
  return written === asText(scalar).slice(start, end) ? found : undefined;
}

/** With its variables. */
export const asText = ({ template, text }: Scalar): string => template ?? text;

function offsetOf(scalar: Scalar, offset: number): number | undefined {
  const { source, span, style } = scalar;
  if (style === 'block') return offsetInBlock(scalar, offset);
  const quote = style === 'plain' ? 0 : 1;
  const inner = source.text.slice(span.start + quote, span.end - quote);
  return inner === asText(scalar) ? span.start + quote + offset : undefined;
}

/** In a literal block each line is written as it is, behind an indentation that all of them share. */
function offsetInBlock(scalar: Scalar, offset: number): number | undefined {
  const { source, span } = scalar;
  const { text } = source;
  const before = asText(scalar).slice(0, offset);
  const column = before.length - before.lastIndexOf('\n') - 1;
  let start = nextLine(text, span.start);
  const first = firstWithText(text, start, span.end);
  const indent = indentAt(text, first);
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1))
    start = nextLine(text, start);
  const found = start + indent + column;
  return found <= span.end ? found : undefined;
}

const nextLine = (text: string, from: number): number => {
  const feed = text.indexOf('\n', from);
  return feed < 0 ? text.length : feed + 1;
};

function firstWithText(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.slice(at, lineEnd(text, at)).trim() === '') at = nextLine(text, at);
  return at;
}

function indentAt(text: string, from: number): number {
  let at = lineStart(text, from);
  const start = at;
  while (text[at] === ' ') at++;
  return at - start;
}
