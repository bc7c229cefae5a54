/** Reads the YAML of a test as a merged model: one file, variables not filled in, doubled dollars taken as one. */
import assert from 'node:assert/strict';
import type { EnvFile, Lookup } from '../../../../server/src/compose/canonical/scope.ts';
import {
  type Canonical,
  canonicalProject,
  mergedOf,
  type ProjectContext,
} from '../../../../server/src/compose/canonical/project.ts';
import { listed, mapped } from '../../../../server/src/compose/canonical/shape.ts';
import { scalarValue } from '../../../../server/src/compose/make.ts';
import { readDocuments } from '../../../../server/src/compose/tree.ts';
import type { MapValue, Scalar, Value } from '../../../../server/src/compose/value.ts';

const envFiles: Readonly<Record<string, (lookup: Lookup) => Readonly<Record<string, string>>>> = {
  '/srv/project/a.env': (lookup) => ({
    A: '1',
    B: '12',
    ...(lookup('HOSTX') !== undefined && { HOSTX: lookup('HOSTX') ?? '' }),
    HOSTX2: '',
    S: 'lower',
  }),
  '/srv/project/b.env': (lookup) => ({ C: `${lookup('A') ?? ''}3`, Q: 'a\nb', S: 'second' }),
};

function envFile(path: string, lookup: Lookup): EnvFile {
  const variables = envFiles[path]?.(lookup);
  if (!variables) return { kind: 'missing' };
  return {
    kind: 'read',
    variables: Object.entries(variables).map(([name, value]) => ({ name, value })),
  };
}

export const context: ProjectContext = {
  directory: '/srv/project',
  projectName: 'p',
  home: '/home/me',
  variable: (name) => (name === 'HOSTX' ? 'hx' : undefined),
  envFile,
  profiles: [],
};

export function rootOf(text: string): MapValue {
  const [root] = readDocuments({ file: '/srv/project/compose.yaml', text }).roots;
  assert.equal(root?.kind, 'map', text);
  return root;
}

export const projectOf = (text: string, given: Partial<ProjectContext> = {}): Canonical =>
  canonicalProject(mergedOf(filled(rootOf(text)) as MapValue), { ...context, ...given });

/** The canonical form of one service, given by its attributes. */
export function serviceOf(attributes: string, given: Partial<ProjectContext> = {}): MapValue {
  const service = projectOf(`services:\n  s:\n${indented(attributes)}`, given).services.get('s');
  assert.ok(service);
  return service.map;
}

export const indented = (attributes: string): string =>
  attributes
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('');

/** As interpolation leaves it: `${NAME}` is open, `$$` is one dollar. */
function filled(value: Value): Value {
  if (value.kind === 'map') return mapped(value, (entry) => filled(entry.value));
  if (value.kind === 'seq') {
    return listed(value.items, value, (item) => {
      const made = filled(item.value);
      return [made === item.value ? item : { ...item, value: made }];
    });
  }
  return value.text.includes('$') ? filledScalar(value) : value;
}

function filledScalar(scalar: Scalar): Scalar {
  const open = [...scalar.text.matchAll(/(?<!\$)\$\{(\w+)\}/g)].map(([, name = '']) => name);
  const text = scalar.text.replace(/(?<!\$)\$\{\w+\}/g, '').replaceAll('$$', '$');
  return scalarValue(scalar, text, { style: scalar.style, template: scalar.text, open });
}
