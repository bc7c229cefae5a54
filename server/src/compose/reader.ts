/**
 * Reads the YAML that people write every day, many times faster than the `yaml` package, which reads all the rest. The
 * two must never differ: whatever is rare, unclear or wrong makes this reader give up.
 */
import type { Source } from '../core/source.ts';
import { seqValue } from './make.ts';
import type { Anchors, Read } from './read.ts';
import { readBlockScalar } from './reader-block-scalar.ts';
import { isFlowStart, readFlowCollection } from './reader-flow.ts';
import {
  entryOf,
  itemOf,
  type Key,
  mappingOf,
  marksOf,
  type Merged,
  mergedBy,
  noProperties,
  placeOf,
  type Properties,
  readAbsent,
  readAlias,
  readProperties,
  written,
} from './reader-nodes.ts';
import { type FlowScalar, keyOf, readFlowScalar, scalarOf, takeColon } from './reader-scalars.ts';
import { scanPlain } from './reader-plain.ts';
import {
  ASTERISK,
  BYTE_ORDER_MARK,
  codeAt,
  DASH,
  enter,
  giveUp,
  GREATER,
  isAtLineEnd,
  isVoid,
  leave,
  NO_LINE,
  Outside,
  PIPE,
  type Reading,
  skipBlanks,
  SPACE,
  toContent,
  toNextContent,
} from './reader-text.ts';
import type { Entry, Item, MapValue, Scalar, SeqValue, Value } from './value.ts';

/**
 * Reads a text of one document whose root is a mapping in block style, or nothing. Undefined where the text holds
 * anything beyond the everyday subset of YAML, or a mistake of any kind; what is answered has no problems.
 */
export function readFast(source: Source, outer: Anchors): Read | undefined {
  try {
    return readDocument(source, outer);
  } catch (error) {
    if (error instanceof Outside) return undefined;
    throw error;
  }
}

function readDocument(source: Source, outer: Anchors): Read {
  const reading: Reading = {
    source,
    text: source.text,
    outer,
    pos: 0,
    column: 0,
    isCommented: false,
    depth: 0,
    flowDepth: 0,
    end: 0,
    through: undefined,
    defined: new Map(),
    open: new Set(),
    used: new Map(),
    targets: [],
  };
  const root = readRoot(reading);
  const { defined, used, targets } = reading;
  return { root, defined, used, targets, problems: [] };
}

function readRoot(reading: Reading): MapValue | undefined {
  if (codeAt(reading.text, 0) === BYTE_ORDER_MARK) {
    reading.pos = 1;
    if (codeAt(reading.text, 1) === SPACE) giveUp('blanks behind a byte order mark');
  }
  toContent(reading);
  if (reading.column === NO_LINE) {
    if (reading.pos === reading.text.length) return undefined;
    readDocumentStart(reading);
  }
  const root = readMapping(reading, readKey(reading), noProperties);
  if (reading.column !== NO_LINE) giveUp('a line that is less indented than the first');
  if (reading.pos < reading.text.length) giveUp('a mark that ends the document');
  return root;
}

/** `---` above a document, which then must hold something. */
function readDocumentStart(reading: Reading): void {
  if (!reading.text.startsWith('---', reading.pos)) giveUp('a mark that ends no document');
  reading.pos += 3;
  toNextContent(reading);
  if (reading.column === NO_LINE) giveUp('a document without content');
}

function readKey(reading: Reading): Key {
  const key = readFlowScalar(reading);
  return takeColon(reading) ? keyOf(reading, key) : giveUp('a line without a key');
}

/** From behind its first key to the first line that is not part of it. */
function readMapping(reading: Reading, first: Key, properties: Properties): MapValue {
  const { column } = reading;
  const own: Entry[] = [];
  let merged: Merged | undefined;
  let last: Entry | undefined;
  enter(reading);
  do {
    const key = last ? readKey(reading) : first;
    const value = readEntryValue(reading, column);
    last = entryOf(reading, key, value);
    if (!key.isMerge) own.push(last);
    else if (merged) giveUp('a second merge key');
    else merged = mergedBy(reading, value);
  } while (reading.column === column);
  if (reading.column > column) giveUp('a line that is deeper than its neighbours');
  leave(reading);
  const place = placeOf(reading, first.span.start, last.end);
  return written(reading, mappingOf(place, own, merged, marksOf(properties, false)));
}

/** From its first dash to the first line that is not part of it. */
function readSequence(reading: Reading, properties: Properties): SeqValue {
  const { column, pos: start } = reading;
  const items: Item[] = [];
  enter(reading);
  do {
    items.push(itemOf(reading, readItem(reading, column)));
  } while (reading.column === column && isDash(reading));
  if (reading.column > column) giveUp('a line that is deeper than its neighbours');
  leave(reading);
  const place = placeOf(reading, start, reading.end);
  return written(reading, seqValue(place, items, marksOf(properties, false)));
}

/** Whether an item of a sequence starts here. */
function isDash({ text, pos }: Reading): boolean {
  return codeAt(text, pos) === DASH && isVoid(codeAt(text, pos + 1));
}

/** From behind the colon to the next line with content. */
function readEntryValue(reading: Reading, column: number): Value {
  skipBlanks(reading);
  reading.isCommented = false;
  const properties = readProperties(reading);
  return isAtLineEnd(reading)
    ? readBelow(reading, { column, isMapping: true }, properties)
    : readOnLine(reading, column, properties);
}

/** From the dash to the next line with content. What stands on the line of the dash may be a collection. */
function readItem(reading: Reading, column: number): Value {
  const { text, pos: dash } = reading;
  reading.pos++;
  while (codeAt(text, reading.pos) === SPACE) reading.pos++;
  reading.column = column + reading.pos - dash;
  reading.isCommented = false;
  const parent = { column, isMapping: false };
  return isAtLineEnd(reading)
    ? readBelow(reading, parent, noProperties)
    : readNode(reading, parent, noProperties);
}

/** The block collection around a node. */
interface Parent {
  readonly column: number;
  readonly isMapping: boolean;
}

/** A node on the lines below the colon, the dash or the properties, if there is one. */
function readBelow(reading: Reading, parent: Parent, properties: Properties): Value {
  const { pos, isCommented } = reading;
  toNextContent(reading);
  reading.isCommented ||= isCommented;
  if (reading.column > parent.column) return readNode(reading, parent, properties);
  // A sequence need not be deeper than the key that holds it.
  if (parent.isMapping && reading.column === parent.column && isDash(reading))
    return readSequence(reading, properties);
  return readAbsent(reading, pos, properties);
}

/** A node of any kind at the start of a line, or behind a dash. `above` are properties on a line of their own. */
function readNode(reading: Reading, parent: Parent, above: Properties): Value {
  if (isDash(reading)) return readSequence(reading, above);
  const properties = readProperties(reading);
  if (properties === noProperties) return readKeyOrScalar(reading, parent, above);
  if (above !== noProperties) giveUp('properties on two lines');
  return isAtLineEnd(reading)
    ? readBelow(reading, parent, properties)
    : readOnLine(reading, parent.column, properties);
}

function readKeyOrScalar(reading: Reading, { column }: Parent, properties: Properties): Value {
  if (!isFlowScalarStart(codeAt(reading.text, reading.pos)))
    return readOnLine(reading, column, properties);
  const scalar = readFlowScalar(reading);
  return takeColon(reading)
    ? readMapping(reading, keyOf(reading, scalar), properties)
    : readLines(reading, scalar, column, properties);
}

/** A node on the rest of the line, where no block collection may start. */
function readOnLine(reading: Reading, parent: number, properties: Properties): Value {
  const code = codeAt(reading.text, reading.pos);
  if (isFlowScalarStart(code))
    return readLines(reading, readFlowScalar(reading), parent, properties);
  // Below a comment, `yaml` takes its indentation for that of what goes on over lines.
  if (reading.isCommented) giveUp('a comment above a value');
  if (code === PIPE || code === GREATER) return readBlockScalar(reading, parent, properties);
  const value =
    code === ASTERISK
      ? readAlias(reading, properties)
      : readFlowCollection(reading, parent, properties);
  toNextContent(reading);
  return value;
}

function isFlowScalarStart(code: number): boolean {
  return !isFlowStart(code) && code !== ASTERISK && code !== PIPE && code !== GREATER;
}

/** The scalar whose first line was read, with all lines of it. */
function readLines(
  reading: Reading,
  first: FlowScalar,
  parent: number,
  properties: Properties,
): Scalar {
  if (reading.isCommented) giveUp('a comment above a value');
  toNextContent(reading);
  const isContinued = first.style === 'plain' && reading.column > parent;
  const whole = isContinued ? continued(reading, first, parent) : first;
  return scalarOf(reading, whole, parent, properties);
}

/** Deeper lines belong to a plain scalar, whatever they begin with. */
function continued(reading: Reading, first: FlowScalar, parent: number): FlowScalar {
  const { text } = reading;
  let folded = first.text;
  let { end } = first.span;
  while (reading.column > parent) {
    if (reading.isCommented) giveUp('a comment within a plain scalar');
    const start = reading.pos;
    const joint = jointOver(text, end, start);
    end = scanPlain(reading);
    folded += joint + text.slice(start, end);
    toNextContent(reading);
  }
  return { ...first, text: folded, span: { start: first.span.start, end } };
}

/** One line end is a blank; of several, the first counts for nothing. */
function jointOver(text: string, from: number, to: number): string {
  let empty = -1;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1))
    empty++;
  return empty === 0 ? ' ' : '\n'.repeat(empty);
}
