/** YAML as a tree of values with spans: aliases followed, merge keys expanded, nothing thrown. */
import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  type Scalar as YamlScalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Span } from '../core/span.ts';
import { nestingOf } from './nesting.ts';
import type { Entry, MapValue, Scalar, Value } from './value.ts';

export interface Problem {
  readonly message: string;
  readonly span: Span;
}

export interface Yaml {
  readonly roots: readonly Value[];
  readonly problems: readonly Problem[];
  /** Where the values start that an alias or a merge key uses elsewhere: an edit there changes more than one place. */
  readonly shared: ReadonlySet<number>;
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

/** Reads all documents of a text. Never throws: what cannot be read is in `problems`. */
export function parseYaml(text: string): Yaml {
  if (nestingOf(text) > MAX_NESTING) {
    const message = `Braces and brackets are nested more than ${MAX_NESTING} deep, so this was not read. Close those that are open.`;
    return { roots: [], problems: [{ message, span: { start: 0, end: 0 } }], shared: new Set() };
  }
  const lines = new LineCounter();
  const composer = new Composer({
    lineCounter: lines,
    merge: true,
    customTags,
    keepSourceTokens: false,
    prettyErrors: false,
    // Compose takes flow values with less indentation too.
    strict: false,
  });
  const documents: Document.Parsed[] = [];
  const problems: Problem[] = [];
  for (const document of composer.compose(
    new Parser(lines.addNewLine).parse(text),
    true,
    text.length,
  )) {
    documents.push(document);
  }
  const roots: Value[] = [];
  const shared = new Set<number>();
  for (const document of documents) {
    for (const { message, pos } of document.errors) {
      problems.push({
        message,
        span: { start: pos[0], end: Math.max(pos[0], Math.min(pos[1], text.length)) },
      });
    }
    const reading = {
      anchors: anchorsOf(document),
      problems,
      built: new Map(),
      open: new Set<Node>(),
      flowDepth: 0,
      shared,
    };
    if (document.contents) roots.push(read(reading, document.contents, 0));
  }
  return { roots, problems, shared };
}

/** What a document's reader keeps: anchors are known by then, and a value that several aliases name is built once. */
interface Reading {
  readonly anchors: ReadonlyMap<string, readonly Node[]>;
  readonly problems: Problem[];
  readonly built: Map<Node, Value>;
  /** The nodes that are being read: an alias to one of them would never end. */
  readonly open: Set<Node>;
  readonly shared: Set<number>;
  /** How many braces and brackets stand around the node that is being read. */
  flowDepth: number;
}

function read(reading: Reading, node: Node, depth: number): Value {
  if (isAlias(node)) return readAlias(reading, node, depth);
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

function readAlias(reading: Reading, alias: Alias, depth: number): Value {
  const found = targetOf(reading, alias);
  if (!found) {
    const message = `There is no anchor &${alias.source} above this alias.`;
    reading.problems.push({ message, span: spanOf(alias) });
  }
  return found && depth < MAX_DEPTH && !reading.open.has(found)
    ? read(reading, found, depth + 1)
    : absent(spanOf(alias).start);
}

/** The nearest anchor of that name above the alias, as YAML has it. */
function targetOf({ anchors, shared }: Reading, alias: Alias): Node | undefined {
  const start = spanOf(alias).start;
  const target = anchors.get(alias.source)?.findLast((node) => spanOf(node).start < start);
  if (target) shared.add(spanOf(target).start);
  return target;
}

function build(reading: Reading, node: Node, depth: number): Value {
  if (isMap(node)) return readMap(reading, node, depth);
  if (isSeq(node)) {
    const items = (node.items as Node[]).map((item) => ({
      value: read(reading, item, depth),
      own: !isAlias(item),
    }));
    return { kind: 'seq', span: spanOf(node), flow: node.flow === true, items };
  }
  return isScalar(node) ? readScalar(node, reading.flowDepth > 0) : absent(spanOf(node).start);
}

function readMap(reading: Reading, node: YAMLMap, depth: number): MapValue {
  const own: Entry[] = [];
  const merged: Entry[] = [];
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    if (isMergeKey(pair.key)) merged.push(...mergedBy(reading, pair.value, depth));
    else own.push(entryOf(pair, (value) => read(reading, value, depth)));
  }
  return mapOf(node, own, merged);
}

function mergedBy(reading: Reading, node: Node | null, depth: number): Entry[] {
  if (!node) return [];
  const source = isAlias(node) ? targetOf(reading, node) : node;
  if (!source) readAlias(reading, node as Alias, depth);
  if (!source || depth > MAX_DEPTH || reading.open.has(source)) return [];
  if (isSeq(source))
    return (source.items as Node[]).flatMap((item) => mergedBy(reading, item, depth + 1));
  const value = read(reading, source, depth + 1);
  return value.kind === 'map'
    ? value.entries.map((entry) => ({ ...entry, via: 'merge' as const }))
    : [];
}

function mapOf(node: YAMLMap, own: readonly Entry[], merged: readonly Entry[]): MapValue {
  const index = new Map<string, Entry>();
  for (const entry of [...own, ...merged]) if (!index.has(entry.key)) index.set(entry.key, entry);
  return {
    kind: 'map',
    span: spanOf(node),
    flow: node.flow === true,
    entries: [...index.values()],
    get: (key) => index.get(key),
  };
}

function entryOf({ key, value }: Pair<Node, Node | null>, read: (node: Node) => Value): Entry {
  const keySpan = spanOf(key);
  return {
    key: isScalar(key) ? String(key.value) : '',
    keySpan,
    value: value ? read(value) : absent(keySpan.end),
    end: value && !isEmpty(value) ? spanOf(value).end : keySpan.end,
    via: value && isAlias(value) ? 'alias' : 'own',
  };
}

function anchorsOf(document: Document.Parsed): ReadonlyMap<string, readonly Node[]> {
  const anchors = new Map<string, Node[]>();
  const visit = (node: unknown): void => {
    if (isMap(node) || isSeq(node) || isScalar(node)) {
      if (node.anchor !== undefined)
        anchors.set(node.anchor, [...(anchors.get(node.anchor) ?? []), node]);
    }
    if (isSeq(node)) node.items.forEach(visit);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        visit(key);
        visit(value);
      }
    }
  };
  visit(document.contents);
  return anchors;
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN';
}

const styles: Readonly<Record<string, Scalar['style']>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_FOLDED: 'block',
  BLOCK_LITERAL: 'block',
};

function readScalar(node: YamlScalar, inFlow: boolean): Scalar {
  const span = spanOf(node);
  const { value } = node;
  const simple = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  return {
    kind: 'scalar',
    value: simple ? (value as Scalar['value']) : (node.source ?? ''),
    text: typeof value === 'string' ? value : (node.source ?? ''),
    span,
    style: span.end > span.start ? (styles[node.type ?? 'PLAIN'] ?? 'plain') : 'absent',
    inFlow,
  };
}

function absent(at: number): Scalar {
  return {
    kind: 'scalar',
    value: null,
    text: '',
    span: { start: at, end: at },
    style: 'absent',
    inFlow: false,
  };
}

/** From the first to behind the last character of content: block collections end where their last item does. */
function spanOf(node: Node): Span {
  const [start = 0, end = 0] = node.range ?? [];
  return { start, end: isCollection(node) && node.flow !== true ? endOfBlock(node, start) : end };
}

function endOfBlock(node: YAMLMap | YAMLSeq, start: number): number {
  const last: unknown = node.items.at(-1);
  if (isPair(last)) {
    const { key, value } = last as Pair<Node, Node | null>;
    return value && !isEmpty(value) ? spanOf(value).end : spanOf(key).end;
  }
  return isNode(last) ? spanOf(last).end : start;
}

/** A value that is not written has a place, but one that may lie behind comments. */
function isEmpty(node: Node): boolean {
  const [start = 0, end = 0] = node.range ?? [];
  return start === end;
}
