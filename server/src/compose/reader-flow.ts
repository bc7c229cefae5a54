/** Flow collections of the fast reader: braces and brackets, on one line or several. */
import { seqValue } from './make.ts';
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
import { keyOf, readFlowScalar, scalarOf, takeColon } from './reader-scalars.ts';
import {
  ASTERISK,
  behindLineEnd,
  checkComment,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  codeAt,
  COMMA,
  enter,
  giveUp,
  HASH,
  leave,
  lineBelow,
  OPEN_BRACE,
  OPEN_BRACKET,
  type Reading,
  skipBlanks,
  SPACE,
  TAB,
} from './reader-text.ts';
import type { Entry, Item, MapValue, SeqValue, Value } from './value.ts';

export function isFlowStart(code: number): boolean {
  return code === OPEN_BRACKET || code === OPEN_BRACE;
}

/** Moves behind the closing brace or bracket. `parent` is the column of the block collection that holds it. */
export function readFlowCollection(
  reading: Reading,
  parent: number,
  properties: Properties,
): MapValue | SeqValue {
  enter(reading);
  reading.flowDepth++;
  const isMapping = codeAt(reading.text, reading.pos) === OPEN_BRACE;
  const value = (isMapping ? readFlowMapping : readFlowSequence)(reading, parent, properties);
  reading.flowDepth--;
  leave(reading);
  return written(reading, value);
}

function readFlowSequence(reading: Reading, parent: number, properties: Properties): SeqValue {
  const start = reading.pos;
  const items: Item[] = [];
  readBetweenCommas(reading, parent, CLOSE_BRACKET, () => {
    items.push(itemOf(reading, readFlowNode(reading, parent)));
  });
  return seqValue(placeOf(reading, start, reading.pos), items, marksOf(properties, true));
}

function readFlowMapping(reading: Reading, parent: number, properties: Properties): MapValue {
  const start = reading.pos;
  const own: Entry[] = [];
  let merged: Merged | undefined;
  readBetweenCommas(reading, parent, CLOSE_BRACE, () => {
    const key = readFlowKey(reading);
    const value = readFlowValue(reading, parent);
    if (!key.isMerge) own.push(entryOf(reading, key, value));
    else if (merged) giveUp('a second merge key');
    else merged = mergedBy(reading, value);
  });
  const place = placeOf(reading, start, reading.pos);
  return mappingOf(place, own, merged, marksOf(properties, true));
}

/** From the opening sign to behind the closing one; `readOne` is called where an item or a pair starts. */
function readBetweenCommas(
  reading: Reading,
  parent: number,
  close: number,
  readOne: () => void,
): void {
  const { text } = reading;
  do {
    reading.pos++;
    toFlowContent(reading, parent);
    if (codeAt(text, reading.pos) === close) break;
    readOne();
    toFlowContent(reading, parent);
  } while (codeAt(text, reading.pos) === COMMA);
  if (codeAt(text, reading.pos) !== close) giveUp('a flow collection that is not closed');
  reading.pos++;
}

/** Moves over blanks, line ends and comments. */
function toFlowContent(reading: Reading, parent: number): void {
  const { text } = reading;
  skipBlanks(reading);
  for (;;) {
    const code = codeAt(text, reading.pos);
    if (code > SPACE && code !== HASH) return;
    // Here `yaml` wants a blank even where the comment starts the line.
    if (code === HASH) checkComment(reading);
    const line = code === HASH ? lineBelow(text, reading.pos) : behindLineEnd(text, reading.pos);
    if (line === undefined || line === text.length) return giveUp('a flow collection without end');
    reading.pos = line;
    while (codeAt(text, reading.pos) === SPACE) reading.pos++;
    checkFlowLine(reading, reading.pos - line, parent);
  }
}

/** Each line must be deeper than what holds the collection; but its closing sign may stand below that. */
function checkFlowLine({ text, pos, flowDepth }: Reading, column: number, parent: number): void {
  const code = codeAt(text, pos);
  if (code === TAB) giveUp('a tab where a line starts');
  if (column > parent || code === HASH || code < SPACE) return;
  const isClosing = code === CLOSE_BRACE || code === CLOSE_BRACKET;
  if (!isClosing || column < parent || flowDepth > 1)
    giveUp('a flow collection that is not indented');
}

function readFlowKey(reading: Reading): Key {
  const key = readFlowScalar(reading);
  return takeColon(reading) ? keyOf(reading, key) : giveUp('a key without a value');
}

function readFlowValue(reading: Reading, parent: number): Value {
  skipBlanks(reading);
  const behindColon = reading.pos;
  toFlowContent(reading, parent);
  const code = codeAt(reading.text, reading.pos);
  return code === COMMA || code === CLOSE_BRACE
    ? readAbsent(reading, behindColon, noProperties)
    : readFlowNode(reading, parent);
}

function readFlowNode(reading: Reading, parent: number): Value {
  const properties = readProperties(reading);
  if (properties !== noProperties) toFlowContent(reading, parent);
  const code = codeAt(reading.text, reading.pos);
  if (isFlowStart(code)) return readFlowCollection(reading, parent, properties);
  if (code === ASTERISK) return readAlias(reading, properties);
  return scalarOf(reading, readFlowScalar(reading), parent, properties);
}
