/** Makes `table.ts` from the schema: run by its test, never by the product. */
import { refinements } from './refinements.ts';
import type { Row } from './row.ts';

/** As much of JSON Schema as the Compose schema uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const KINDS: Readonly<Record<string, number>> = {
  string: 1,
  integer: 2,
  number: 2 | 4,
  boolean: 8,
  null: 16,
  object: 32,
  array: 64,
};
const ANY = 127;

const TEXT_OR_FLAG = 1 | 8;
const NUMBER = 2 | 4;

/** Names of definitions, and of the file itself, that rows are looked up by. */
const ENTRIES = ['services', 'networks', 'volumes', 'secrets', 'configs', 'models'] as const;

interface Compiling {
  readonly schema: Schema;
  readonly rows: Row[];
  readonly known: Map<string, number>;
}

/** The text of `table.ts`. */
export function tableText(schema: unknown): string {
  const compiling: Compiling = { schema: schema as Schema, rows: [], known: new Map() };
  const file = compile(compiling, compiling.schema, []);
  const found = ENTRIES.map((section) => {
    const keys = compiling.rows[file]?.keys ?? {};
    const entries = compiling.rows[keys[section] ?? -1]?.other?.[1] ?? -1;
    return `  ${section}: ${entries},\n`;
  });
  const lines = compiling.rows.map((row) => `  ${JSON.stringify(row)},\n`);
  return `${HEAD}export const roots = {\n  file: ${file},\n${found.join('')}} as const;\n\n// prettier-ignore\nexport const rows: readonly Row[] = [\n${lines.join('')}];\n`;
}

/** The index of the row for a schema at a place; equal rows are kept once. */
function compile(compiling: Compiling, given: Schema, path: readonly string[]): number {
  const schema = resolved(compiling, given);
  const row = refined(oneRow(compiling, schema, path), path);
  const text = JSON.stringify(row);
  const known = compiling.known.get(text);
  if (known !== undefined) return known;
  compiling.known.set(text, compiling.rows.length);
  return compiling.rows.push(row) - 1;
}

function resolved({ schema }: Compiling, given: Schema): Schema {
  const name = given.$ref?.replace('#/definitions/', '');
  return name === undefined ? given : (schema.definitions?.[name] ?? given);
}

/** Branches of a oneOf differ by kind of value, so that they fit in one row. */
function oneRow(compiling: Compiling, schema: Schema, path: readonly string[]): Row {
  const branches = schema.oneOf?.map((branch) => resolved(compiling, branch)) ?? [];
  const typed = branches.filter((branch) => branch.type !== undefined);
  if (typed.length > 0) {
    const parts = typed.map((branch) => branchRow(compiling, branch, path));
    const kinds = parts.reduce((sum, { k }) => sum | k, 0);
    return Object.assign({}, ...parts, { k: kinds }) as Row;
  }
  const alternatives = branches.flatMap(({ required }) => required ?? []);
  const row = branchRow(compiling, schema, path);
  return alternatives.length > 0 ? { ...row, oneOf: alternatives } : row;
}

function branchRow(compiling: Compiling, schema: Schema, path: readonly string[]): Row {
  const kinds = [schema.type ?? []].flat().reduce((sum, type) => sum | (KINDS[type] ?? 0), 0);
  return {
    k: kinds === 0 ? ANY : kinds,
    ...mapPart(compiling, schema, path),
    ...(schema.items && { items: compile(compiling, schema.items, [...path, '[]']) }),
    ...(schema.uniqueItems === true && { unique: true as const }),
    ...(schema.enum && { values: schema.enum }),
    ...(schema.pattern !== undefined && { pattern: schema.pattern }),
    ...(schema.minimum !== undefined && { least: schema.minimum }),
    ...(schema.maximum !== undefined && { most: schema.maximum }),
  };
}

function mapPart(compiling: Compiling, schema: Schema, path: readonly string[]): Partial<Row> {
  if (schema.type !== undefined && ![schema.type].flat().includes('object')) return {};
  const patterns = Object.entries(schema.patternProperties ?? {});
  const other = patterns.find(([pattern]) => pattern !== '^x-');
  return {
    ...keysPart(compiling, schema, path),
    ...(other && { other: [other[0], compile(compiling, other[1], [...path, '*'])] as const }),
    ...(schema.additionalProperties === false && { closed: true as const }),
    ...(patterns.some(([pattern]) => pattern === '^x-') && { x: true as const }),
    ...(schema.required && { required: schema.required }),
  };
}

function keysPart(
  compiling: Compiling,
  { properties }: Schema,
  path: readonly string[],
): Partial<Row> {
  if (properties === undefined) return {};
  const keys = Object.entries(properties).map(
    ([key, value]) => [key, compile(compiling, value, [...path, key])] as const,
  );
  return { keys: Object.fromEntries(keys) };
}

/** What Compose asks beyond its schema when it reads the value. */
function refined(row: Row, path: readonly string[]): Row {
  const { format, required, repeatable } = refinements.get(path.join('.')) ?? {};
  const read = format ?? (isFlag(row) ? 'boolean' : 'any');
  const { unique, ...rest } = row;
  return {
    ...rest,
    ...(unique && !repeatable && { unique }),
    ...(read !== 'any' && { format: read }),
    ...(required && { required: [...(row.required ?? []), ...required] }),
  };
}

/** Where text may stand for true or false, it has to say one of them. */
function isFlag({ k }: Row): boolean {
  return (k & (TEXT_OR_FLAG | NUMBER)) === TEXT_OR_FLAG;
}

const HEAD = `/** Generated from compose-spec.json by its test (UPDATE=1): the schema in rows, each of which refers to rows before it. */
import type { Row } from './row.ts';

`;
