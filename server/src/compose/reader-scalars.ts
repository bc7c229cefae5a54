/** Plain and quoted scalars of the fast reader, and keys, which are such scalars before a colon. */
import type { Span } from '../core/span.ts';
import { scalarValue } from './make.ts';
import { type Key, type Properties, written } from './reader-nodes.ts';
import { isPlainStart, resolvePlain, scanPlain } from './reader-plain.ts';
import { checkQuotedLines, isQuote, readQuoted } from './reader-quoted.ts';
import { codeAt, COLON, giveUp, isVoid, type Reading, skipBlanks } from './reader-text.ts';
import type { Scalar } from './value.ts';

/** What YAML calls a flow scalar, although it stands in block collections too. */
export interface FlowScalar {
  readonly style: 'plain' | 'single' | 'double';
  readonly text: string;
  readonly span: Span;
  readonly isOnOneLine: boolean;
}

/** Reads a quoted scalar, or a plain one to where it ends on its line. */
export function readFlowScalar(reading: Reading): FlowScalar {
  const { text, pos: start } = reading;
  if (isQuote(codeAt(text, start))) {
    const { style, text: content, isOnOneLine } = readQuoted(reading);
    return { style, text: content, span: { start, end: reading.pos }, isOnOneLine };
  }
  if (!isPlainStart(reading)) giveUp('a character that starts no scalar');
  const end = scanPlain(reading);
  return { style: 'plain', text: text.slice(start, end), span: { start, end }, isOnOneLine: true };
}

/** Moves behind the colon that makes a key of the scalar before it. False where there is none. */
export function takeColon(reading: Reading): boolean {
  const { text, pos } = reading;
  skipBlanks(reading);
  const isColon = codeAt(text, reading.pos) === COLON;
  // In braces, a quoted key may touch its value.
  if (isColon && (reading.flowDepth > 0 || isVoid(codeAt(text, reading.pos + 1)))) {
    reading.pos++;
    return true;
  }
  reading.pos = pos;
  return false;
}

export function keyOf({ source }: Reading, { style, text, span, isOnOneLine }: FlowScalar): Key {
  if (!isOnOneLine) giveUp('a key on several lines');
  if (style !== 'plain') return { text, source, span, isMerge: false };
  return { text: String(resolvePlain(text)), source, span, isMerge: text === '<<' };
}

export function scalarOf(
  reading: Reading,
  { style, text, span, isOnOneLine }: FlowScalar,
  parent: number,
  { tag, anchor }: Properties,
): Scalar {
  if (!isOnOneLine) checkQuotedLines(reading.text, span, parent);
  const value = style === 'plain' && tag === undefined ? resolvePlain(text) : text;
  const inFlow = reading.flowDepth > 0;
  const place = { source: reading.source, span };
  return written(reading, scalarValue(place, value, { text, style, inFlow, tag, anchor }));
}
