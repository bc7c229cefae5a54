/** The building blocks of the configuration's format: each reads a YAML node strictly, and says what it accepts. */
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml';

import type { Span } from '../core/span.ts';
import { suggest } from './suggest.ts';

/** What a value may be, for the schema and the documentation. */
export type Shape =
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'text'; readonly pattern: string; readonly what: string }
  | { readonly kind: 'count'; readonly least: number; readonly what: string }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'map'; readonly names: Names; readonly value: Shape }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, FieldShape>> };

export interface FieldShape {
  /** One sentence for people. */
  readonly about: string;
  /** The value that counts where the key is absent, as written in YAML. */
  readonly standard: string;
  readonly shape: Shape;
}

/** What the keys of a map are. `find` gives the name that counts for a name as written. */
export interface Names {
  readonly what: string;
  /** All names that can be listed; undefined where they are free. */
  readonly known: readonly string[] | undefined;
}

/** A node's value, or undefined after telling the context what is wrong with it. */
export interface Reader<T> {
  readonly shape: Shape;
  readonly read: (node: Node | undefined, context: Context) => T | undefined;
}

/** What reading needs besides the node. */
export interface Context {
  readonly document: Document;
  /** Where a value is missing altogether. */
  readonly place: Span;
  readonly tell: (message: string, span: Span) => void;
}

type Find = (name: string) => string | undefined;

interface Field<T> {
  readonly about: string;
  readonly standard: string;
  readonly reader: Reader<T>;
}

type Values<F> = { readonly [K in keyof F]?: F[K] extends Field<infer T> ? T : never };

export function choice<const T extends string>(values: readonly T[]): Reader<T> {
  return {
    shape: { kind: 'choice', values },
    read: (node, context) => {
      const text = textOf(node, context);
      const found = values.find((value) => value === text);
      if (found === undefined) {
        const suggestion = text === 'false' ? values.find((value) => value === 'off') : undefined;
        tell(context, node, unknown('value', text, suggestion ? [suggestion] : values, suggestion));
      }
      return found;
    },
  };
}

/** A string or number that matches the pattern, as written: `2.0` stays `2.0`. `what` names it, with an example. */
export function text(pattern: string, what: string): Reader<string> {
  const expression = new RegExp(pattern);
  return {
    shape: { kind: 'text', pattern, what },
    read: (node, context) => {
      const found = textOf(node, context);
      if (found !== undefined && expression.test(found)) return found;
      tell(context, node, `${quote(found)} does not fit here: write ${what}.`);
      return undefined;
    },
  };
}

export function count(least: number, what: string): Reader<number> {
  return {
    shape: { kind: 'count', least, what },
    read: (node, context) => {
      const found = textOf(node, context);
      const value = found !== undefined && /^\d{1,9}$/.test(found) ? Number(found) : NaN;
      if (value >= least) return value;
      tell(context, node, `${quote(found)} does not fit here: write ${what}.`);
      return undefined;
    },
  };
}

export function list<T>(item: Reader<T>): Reader<readonly T[]> {
  return {
    shape: { kind: 'list', item: item.shape },
    read: (given, context) => {
      const node = resolve(given, context);
      if (isEmpty(node)) return [];
      if (!isSeq<Node>(node)) {
        tell(context, node, 'A list is needed here: one value a line, each after "- ".');
        return undefined;
      }
      return node.items
        .map((entry) => item.read(entry, { ...context, place: spanOf(entry) ?? context.place }))
        .filter((value) => value !== undefined);
    },
  };
}

/** Names → values; a name that `find` does not know is a problem, and so is one thing under two names. */
export function map<T>(names: Names, find: Find, value: Reader<T>): Reader<ReadonlyMap<string, T>> {
  return {
    shape: { kind: 'map', names, value: value.shape },
    read: (node, context) => {
      const found = new Map<string, T>();
      for (const { key, span, value: child } of pairsOf(node, context)) {
        const name = find(key);
        if (name === undefined) {
          context.tell(unknown(names.what, key, names.known ?? []), span);
        } else if (found.has(name)) {
          context.tell(`${name} is set twice. Keep one of both.`, span);
        } else {
          const read = value.read(child, { ...context, place: span });
          if (read !== undefined) found.set(name, read);
        }
      }
      return found;
    },
  };
}

/** Keys that are known beforehand, each with its own reader. */
export function object<const F extends Readonly<Record<string, Field<unknown>>>>(
  fields: F,
): Reader<Values<F>> {
  const shapes = Object.entries(fields).map(
    ([name, { about, standard, reader }]) =>
      [name, { about, standard, shape: reader.shape }] as const,
  );
  return {
    shape: { kind: 'object', fields: Object.fromEntries(shapes) },
    read: (node, context) => {
      const values: Record<string, unknown> = {};
      for (const { key, span, value } of pairsOf(node, context)) {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        if (!field) {
          context.tell(unknown('key', key, Object.keys(fields)), span);
          continue;
        }
        const read = field.reader.read(value, { ...context, place: span });
        if (read !== undefined) values[key] = read;
      }
      // Each value came from the reader that its field names, which the compiler cannot follow through a loop.
      return values as Values<F>;
    },
  };
}

interface Entry {
  readonly key: string;
  readonly span: Span;
  readonly value: Node | undefined;
}

function pairsOf(given: Node | undefined, context: Context): readonly Entry[] {
  const node = resolve(given, context);
  if (isEmpty(node)) return [];
  if (!isMap<Node, Node | null>(node)) {
    tell(context, node, 'Keys with values are needed here, such as "key: value".');
    return [];
  }
  return node.items.flatMap((pair) => entryOf(pair, context));
}

function entryOf({ key, value }: Pair<Node, Node | null>, context: Context): readonly Entry[] {
  const span = spanOf(key) ?? context.place;
  if (isScalar(key)) return [{ key: String(key.value), span, value: value ?? undefined }];
  context.tell('A key has to be plain text.', span);
  return [];
}

function isEmpty(node: Node | undefined): boolean {
  return node === undefined || (isScalar(node) && node.value === null);
}

function resolve(node: Node | undefined, { document }: Context): Node | undefined {
  return isAlias(node) ? node.resolve(document) : node;
}

/** The text of a scalar as it is written, without its quotes; undefined for nothing, lists and maps. */
function textOf(given: Node | undefined, context: Context): string | undefined {
  const node = resolve(given, context);
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.source;
}

function tell(context: Context, node: Node | undefined, message: string): void {
  const span = spanOf(node);
  context.tell(message, span && span.end > span.start ? span : context.place);
}

function spanOf(node: Node | undefined): Span | undefined {
  return node?.range ? { start: node.range[0], end: node.range[1] } : undefined;
}

const quote = (text: string | undefined): string =>
  text === undefined ? 'A missing value, list or map' : `"${text}"`;

function unknown(
  what: string,
  word: string | undefined,
  known: readonly string[],
  guess = word === undefined ? undefined : suggest(word, known),
): string {
  const start = word === undefined ? `There is no ${what} here.` : `Unknown ${what} "${word}".`;
  if (guess !== undefined) return `${start} Did you mean "${guess}"?`;
  // A long list helps nobody in one line.
  return known.length > 0 && known.length <= 20 ? `${start} Known: ${known.join(', ')}.` : start;
}
