/** The configuration's table as a JSON schema for editors, and as Markdown for people. */
import { roleDefaults } from '../roles/role.ts';
import { configFormat } from './format.ts';
import type { FieldShape, Shape } from './shape.ts';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** JSON schema (draft 7) of `.dockwright.yaml`. Aliases of rules are many; it accepts any name where a rule may stand. */
export function configSchema(ruleIds: readonly string[]): Json {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://github.com/dockwright/dockwright/blob/main/docs/schema/dockwright.schema.json',
    title: 'Configuration of Dockwright (.dockwright.yaml)',
    ...schemaOf(formatOf(ruleIds)),
  };
}

/** One row per key, nested keys by their path. */
export function configTable(): string {
  const rows = rowsOf(formatOf([]), '').map(
    ({ path, field }) => `| \`${path}\` | ${field.about} | ${codeOf(field.standard)} |`,
  );
  return ['| key | what it says | default |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The limits that services get by their role. */
export function roleTable(): string {
  const rows = Object.entries(roleDefaults).map(
    ([role, { cpus, memory }]) => `| \`${role}\` | \`${cpus}\` | \`${memory}\` |`,
  );
  return ['| role | cpus | memory |', '| --- | --- | --- |', ...rows].join('\n');
}

const formatOf = (ruleIds: readonly string[]): Shape => configFormat((name) => name, ruleIds).shape;

function schemaOf(shape: Shape): Record<string, Json> {
  switch (shape.kind) {
    case 'choice':
      return { enum: shape.values };
    case 'text':
      return {
        type: ['string', 'number'],
        pattern: shape.pattern,
        description: `Write ${shape.what}.`,
      };
    case 'count':
      return { type: 'integer', minimum: shape.least };
    case 'list':
      return { type: ['array', 'null'], items: schemaOf(shape.item) };
    case 'map':
      return mapSchema(shape);
    case 'object':
      return {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(shape.fields).map(([name, field]) => [name, fieldSchema(field)]),
        ),
      };
  }
}

function mapSchema({ names, value }: Shape & { readonly kind: 'map' }): Record<string, Json> {
  const values = schemaOf(value);
  const properties = Object.fromEntries((names.known ?? []).map((name) => [name, values]));
  const isClosed = names.what === 'role';
  return {
    type: ['object', 'null'],
    properties,
    additionalProperties: isClosed ? false : values,
  };
}

const fieldSchema = ({ about, shape }: FieldShape): Json => ({
  description: about.replaceAll('`', ''),
  ...schemaOf(shape),
});

interface Row {
  readonly path: string;
  readonly field: FieldShape;
}

function rowsOf(shape: Shape, prefix: string): readonly Row[] {
  if (shape.kind === 'map') return rowsOf(shape.value, `${prefix}<${shape.names.what}>.`);
  if (shape.kind !== 'object') return [];
  return Object.entries(shape.fields).flatMap(([name, field]) => [
    { path: prefix + name, field },
    ...rowsOf(field.shape, `${prefix}${name}.`),
  ]);
}

const codeOf = (standard: string): string =>
  /^(see|by|guessed)/.test(standard) ? standard : `\`${standard}\``;
