/** YAML as trees of values with spans, by the `yaml` package: for all that the fast reader leaves to it. */
import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Parser,
  type Scalar as YamlScalar,
  type YAMLMap,
} from 'yaml';
import type { Place, Source } from '../core/source.ts';
import type { Span } from '../core/span.ts';
import { mapValue, noSteps, scalarValue, seqValue } from './make.ts';
import { nestingOf } from './nesting.ts';
import type { Anchors, Problem, Read } from './read.ts';
import { anchorsOf, isMergeKey, marksOf, styleOf } from './tree-nodes.ts';
import { isEmpty, spanOf } from './tree-spans.ts';
import type { Entry, Item, MapValue, Scalar, Step, Value } from './value.ts';

/** What a text of any number of documents yields. */
export interface ReadAll extends Omit<Read, 'root'> {
  readonly roots: readonly Value[];
}

/** Aliases inside aliases multiply; beyond this depth the value is taken as absent. */
const MAX_DEPTH = 200;

/** Far more than any file has; the parser recurses into each, and the stack has an end. */
const MAX_NESTING = 300;

/** Compose's own tags: they change how files are merged, not what the value is. */
const customTags = ['!reset', '!override'].flatMap((tag) => [
  { tag, resolve: (text: string): string => text },
  { tag, collection: 'map' as const },
  { tag, collection: 'seq' as const },
]);

/** Reads a text of one document. Never throws: what cannot be read is in `problems`. */
export function readSlow(source: Source, outer: Anchors = nowhere): Read {
  const { roots, ...read } = readDocuments(source, outer);
  return { root: roots[0], ...read };
}

const nowhere: Anchors = () => undefined;

/** Reads all documents of a text. Never throws: what cannot be read is in `problems`. */
export function readDocuments(source: Source, outer: Anchors = nowhere): ReadAll {
  const { text } = source;
  const found = { defined: new Map(), used: new Map(), targets: [], problems: [] as Problem[] };
  if (nestingOf(text) > MAX_NESTING) {
    const message = `Braces and brackets are nested more than ${MAX_NESTING} deep, so this was not read. Close those that are open.`;
    found.problems.push({ message, span: { start: 0, end: 0 } });
    return { roots: [], ...found };
  }
  const composer = new Composer({
    merge: true,
    customTags,
    keepSourceTokens: false,
    prettyErrors: false,
    // Compose takes flow values with less indentation too.
    strict: false,
  });
  const roots: Value[] = [];
  // To Compose's reader an anchor holds on in the documents that follow.
  const above: Anchors = (name) => (found.defined as Found['defined']).get(name) ?? outer(name);
  // All of them first: an error of a later document can still be added to one that was given out.
  for (const document of [...composer.compose(new Parser().parse(text), true, text.length)]) {
    for (const { message, pos } of document.errors)
      found.problems.push({ message, span: within(text, pos) });
    const root = readDocument(document, source, above, found);
    if (root) roots.push(root);
  }
  return { roots, ...found };
}

function within(text: string, [start, end]: [number, number]): Span {
  return { start, end: Math.max(start, Math.min(end, text.length)) };
}

interface Found {
  readonly defined: Map<string, Value>;
  readonly used: Map<string, Value | undefined>;
  readonly targets: Value[];
  readonly problems: Problem[];
}

function readDocument(
  document: Document.Parsed,
  source: Source,
  outer: Anchors,
  found: Found,
): Value | undefined {
  if (!document.contents) return undefined;
  const reading: Reading = {
    ...found,
    source,
    outer,
    anchors: anchorsOf(document),
    built: new Map(),
    open: new Set(),
    flowDepth: 0,
  };
  const root = read(reading, document.contents, 0);
  for (const [name, nodes] of reading.anchors) {
    const last = nodes.at(-1);
    const value = last && reading.built.get(last);
    if (value) found.defined.set(name, value);
  }
  return root;
}

/** What a document's reader keeps: anchors are known by then, and a value that several aliases name is built once. */
interface Reading extends Found {
  readonly source: Source;
  readonly outer: Anchors;
  readonly anchors: ReadonlyMap<string, readonly Node[]>;
  readonly built: Map<Node, Value>;
  /** The nodes that are being read: an alias to one of them would never end. */
  readonly open: Set<Node>;
  /** How many braces and brackets stand around the node that is being read. */
  flowDepth: number;
}

function read(reading: Reading, node: Node, depth: number): Value {
  if (isAlias(node)) return readAlias(reading, node, depth) ?? absent(reading, spanOf(node).start);
  const known = reading.built.get(node);
  if (known) return known;
  const flow = isCollection(node) && node.flow === true ? 1 : 0;
  reading.open.add(node);
  reading.flowDepth += flow;
  const value = build(reading, node, depth + 1);
  reading.flowDepth -= flow;
  reading.open.delete(node);
  reading.built.set(node, value);
  return value;
}

/** What an alias stands for: the nearest anchor of that name above it, in this text or before it. */
function readAlias(reading: Reading, alias: Alias, depth: number): Value | undefined {
  const { start } = spanOf(alias);
  const node = reading.anchors.get(alias.source)?.findLast((one) => spanOf(one).start < start);
  if (node && reading.open.has(node)) {
    reading.problems.push({ message: CIRCLE, span: spanOf(alias) });
    return undefined;
  }
  if (node && depth >= MAX_DEPTH) return undefined;
  const value = node ? read(reading, node, depth + 1) : reading.outer(alias.source);
  if (!node) reading.used.set(alias.source, value);
  if (value) reading.targets.push(value);
  else {
    const message = `There is no anchor &${alias.source} above this alias.`;
    reading.problems.push({ message, span: spanOf(alias) });
  }
  return value;
}

const CIRCLE =
  'This alias stands inside of what it stands for, which never ends. Take it out, or name another anchor.';

function build(reading: Reading, node: Node, depth: number): Value {
  if (isMap(node)) return readMap(reading, node, depth);
  if (isSeq(node)) {
    const items = (node.items as Node[]).map((item): Item => ({
      value: read(reading, item, depth),
      own: !isAlias(item),
      steps: isAlias(item) ? [stepOf(reading, 'alias', item)] : noSteps,
    }));
    return seqValue(placeOf(reading, node), items, marksOf(node));
  }
  return isScalar(node) ? readScalar(reading, node) : absent(reading, spanOf(node).start);
}

function readMap(reading: Reading, node: YAMLMap, depth: number): MapValue {
  const own: Entry[] = [];
  const merged: Entry[] = [];
  const merges: MapValue[] = [];
  let isMerging = false;
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    if (!isMergeKey(pair.key)) own.push(entryOf(reading, pair, depth));
    else {
      if (isMerging) reading.problems.push({ message: SECOND_MERGE, span: spanOf(pair.key) });
      isMerging = true;
      for (const { map, step } of mergedBy(reading, pair, depth)) {
        merges.push(map);
        merged.push(...map.entries.map((entry) => mergedEntry(entry, step)));
      }
    }
  }
  return mapValue(placeOf(reading, node), [...own, ...merged], { ...marksOf(node), merges });
}

const SECOND_MERGE =
  'This mapping has two << keys, and Compose takes one. Write them as a list: <<: [*first, *second].';

/** A mapping that a merge key takes in, and the alias that names it. */
interface Merged {
  readonly map: MapValue;
  readonly step: Step | undefined;
}

/** A mapping, or a list of mappings; an anchor may stand on either. */
function mergedBy(
  reading: Reading,
  { key, value: node }: Pair<Node, Node | null>,
  depth: number,
): readonly Merged[] {
  if (depth > MAX_DEPTH) return [];
  const isWritten = node && !isEmpty(node);
  if (isWritten && isSeq(node))
    return (node.items as Node[]).flatMap((item) => mergedValue(reading, item, depth + 1));
  if (isWritten) return mergedValue(reading, node, depth, true);
  reading.problems.push({ message: NO_MAPPING, span: spanOf(key) });
  return [];
}

function mergedValue(
  reading: Reading,
  node: Node,
  depth: number,
  mayBeList = false,
): readonly Merged[] {
  const aliased = isAlias(node);
  const value = aliased ? readAlias(reading, node, depth) : read(reading, node, depth);
  // What an alias has no anchor for was told.
  if (value === undefined) return [];
  const step = aliased ? stepOf(reading, 'merge', node) : undefined;
  const parts = mayBeList && value.kind === 'seq' ? value.items.map((item) => item.value) : [value];
  const maps = parts.filter((part) => part.kind === 'map');
  if (maps.length < parts.length)
    reading.problems.push({ message: NO_MAPPING, span: spanOf(node) });
  return maps.map((map) => ({ map, step }));
}

const NO_MAPPING =
  'A << key takes in a mapping, or a list of mappings, and this is none. Name the anchor of one, such as <<: *defaults.';

const mergedEntry = (entry: Entry, step: Step | undefined): Entry => ({
  ...entry,
  via: 'merge',
  steps: step ? [step, ...entry.steps] : entry.steps,
});

function stepOf({ source }: Reading, kind: 'alias' | 'merge', alias: Alias): Step {
  return { kind, anchor: alias.source, at: { source, span: spanOf(alias) } };
}

function entryOf(reading: Reading, { key, value }: Pair<Node, Node | null>, depth: number): Entry {
  const keySpan = spanOf(key);
  const isAliased = value !== null && isAlias(value);
  return {
    key: keyText(reading, key, depth),
    source: reading.source,
    keySpan,
    value: value ? read(reading, value, depth) : absent(reading, keySpan.end),
    end: value && !isEmpty(value) ? spanOf(value).end : keySpan.end,
    via: isAliased ? 'alias' : 'own',
    steps: isAliased ? [stepOf(reading, 'alias', value)] : noSteps,
  };
}

/** What an alias stands for can be a key as well, where that is a text. */
function keyText(reading: Reading, key: Node, depth: number): string {
  if (!isAlias(key)) return isScalar(key) && !isEmpty(key) ? String(key.value) : '';
  const value = readAlias(reading, key, depth);
  if (value?.kind === 'scalar' && typeof value.value === 'string') return value.value;
  if (value) reading.problems.push({ message: NO_KEY, span: spanOf(key) });
  return '';
}

const NO_KEY = 'This alias stands for no text, and only a text can be a key. Write the key itself.';

function readScalar(reading: Reading, node: YamlScalar): Scalar {
  const place = placeOf(reading, node);
  const { value } = node;
  const simple = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  return scalarValue(place, simple ? (value as Scalar['value']) : (node.source ?? ''), {
    text: typeof value === 'string' ? value : (node.source ?? ''),
    style: place.span.end > place.span.start ? styleOf(node) : 'absent',
    inFlow: reading.flowDepth > 0,
    ...marksOf(node),
  });
}

function absent({ source }: Reading, at: number): Scalar {
  return scalarValue({ source, span: { start: at, end: at } }, null, { style: 'absent' });
}

function placeOf({ source }: Reading, node: Node): Place {
  return { source, span: spanOf(node) };
}
