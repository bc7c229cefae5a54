/** What may stand at one place of a Compose file: the schema, made small and quick to walk. */
import type { Format } from './formats.ts';
import type { Row } from './row.ts';
import { rows, roots } from './table.ts';

/** The kinds of value, as bits of `Shape.kinds`. */
export const TEXT = 1;
export const WHOLE = 2;
export const FRACTION = 4;
export const FLAG = 8;
export const NULL = 16;
export const MAP = 32;
export const LIST = 64;
export const SCALAR = TEXT | WHOLE | FRACTION | FLAG | NULL;

export interface Shape {
  /** Which kinds of value Compose takes here. */
  readonly kinds: number;
  /** The keys of a mapping that have a name of their own. */
  readonly keys: ReadonlyMap<string, Shape>;
  /** All other keys of a mapping whose names match. */
  readonly other: { readonly name: RegExp; readonly shape: Shape } | undefined;
  /** Keys that are neither are refused, */
  readonly closed: boolean;
  /** but for those that start with `x-`. */
  readonly extensions: boolean;
  readonly required: readonly string[];
  /** Exactly one of these keys has to be there; empty where nothing is asked. */
  readonly oneOf: readonly string[];
  /** The items of a list. */
  readonly items: Shape | undefined;
  /** No item may stand twice. */
  readonly unique: boolean;
  readonly values: readonly string[] | undefined;
  readonly pattern: RegExp | undefined;
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** What a text (or a number) has to look like beyond its type. */
  readonly format: Format | undefined;
}

/** Anything at all: what an extension holds. */
export const anything: Shape = shapeOf({ k: SCALAR | MAP | LIST }, []);

const shapes: readonly Shape[] = linked(rows);

/** The sections of a file whose entries are named by the user. */
export type Section = 'services' | 'networks' | 'volumes' | 'secrets' | 'configs' | 'models';

/** The whole file. */
export const rootShape: Shape = shapes[roots.file] ?? anything;

/** One entry of each section. */
export const entryShapes: Readonly<Record<Section, Shape>> = {
  services: shapes[roots.services] ?? anything,
  networks: shapes[roots.networks] ?? anything,
  volumes: shapes[roots.volumes] ?? anything,
  secrets: shapes[roots.secrets] ?? anything,
  configs: shapes[roots.configs] ?? anything,
  models: shapes[roots.models] ?? anything,
};

/** A row only refers to rows before it. */
function linked(table: readonly Row[]): readonly Shape[] {
  const made: Shape[] = [];
  for (const row of table) made.push(shapeOf(row, made));
  return made;
}

function shapeOf(row: Row, made: readonly Shape[]): Shape {
  const at = (index: number): Shape => made[index] ?? anything;
  return {
    kinds: row.k,
    keys: new Map(Object.entries(row.keys ?? {}).map(([key, index]) => [key, at(index)])),
    other: row.other && { name: new RegExp(row.other[0]), shape: at(row.other[1]) },
    closed: row.closed ?? false,
    extensions: row.x ?? false,
    required: row.required ?? [],
    oneOf: row.oneOf ?? [],
    items: row.items === undefined ? undefined : at(row.items),
    unique: row.unique ?? false,
    values: row.values,
    pattern: row.pattern === undefined ? undefined : new RegExp(row.pattern),
    least: row.least,
    most: row.most,
    format: row.format,
  };
}
