/** The environment of a service: what its files set, then what it sets itself, names without a value looked up. */
import { entryAt, mapValue, scalarValue } from '../make.ts';
import type { Entry, Item, MapValue, Scalar, Value } from '../value.ts';
import { byDefault, supplied } from './parts.ts';
import { resolved } from './paths.ts';
import {
  type EnvFile,
  type FileVariable,
  MISSING_ENV_FILE,
  refuse,
  refuseAs,
  type Scope,
} from './scope.ts';
import { flag, listOf, text } from './scalar-shapes.ts';
import { isNull, list, listed, record, type Shape, withEntries, withEntry } from './shape.ts';

const longFile = record({ path: text, required: flag, format: text });

const REQUIRED = byDefault('An env file has to exist where "required" is not given.');

/** A list of files, each with its path and whether it has to exist. */
export const envFiles: Shape = {
  ...list(longFile),
  make: (value, scope) => {
    if (isNull(value)) return value;
    const files = value.kind === 'seq' ? value : listOf(value);
    return files.kind === 'seq'
      ? listed(files.items, files, (item) => [fileOf(item, scope)])
      : files;
  },
};

function fileOf(item: Item, scope: Scope): Item {
  const { value } = item;
  if (value.kind === 'seq') return item;
  const map =
    value.kind === 'scalar'
      ? mapValue(value, [entryAt(value, 'path', value)])
      : longFile.make(value, scope);
  if (map?.kind !== 'map') return item;
  const path = map.get('path');
  if (path?.value.kind !== 'scalar') return item;
  const placed = withEntry(map, { ...path, value: resolved(path.value, scope) });
  const whole = placed.get('required')
    ? placed
    : withEntries(placed, [...placed.entries, supplied(value, 'required', true, REQUIRED)]);
  return { ...item, value: whole };
}

/** The service with the variables of its env files and its labels of label files, and with names looked up. */
export function withFiles(service: MapValue, scope: Scope): MapValue {
  const files = service.get('env_file');
  const labels = service.get('label_file');
  let made = withLookedUp(service, 'environment', scope);
  if (files && !isNull(files.value)) made = withVariables(made, 'environment', files, scope);
  if (labels && !isNull(labels.value)) made = withVariables(made, 'labels', labels, scope);
  return made;
}

/** Names without a value get that of the project's environment, if there is one. */
export function withLookedUp(map: MapValue, key: string, { context }: Scope): MapValue {
  const entry = map.get(key);
  if (entry?.value.kind !== 'map' || !entry.value.entries.some(({ value }) => isNull(value)))
    return map;
  const value = withEntries(
    entry.value,
    entry.value.entries.map((one) => {
      const found = isNull(one.value) ? context.variable(one.key) : undefined;
      if (found === undefined) return one;
      const steps = [{ kind: 'variable', name: one.key, at: undefined, from: 'process' } as const];
      return { ...one, value: scalarValue(one.value, found), steps: [...steps, ...one.steps] };
    }),
  );
  return withEntry(map, { ...entry, value });
}

/** `key` with the variables of files below its own, which win. */
function withVariables(service: MapValue, key: string, files: Entry, scope: Scope): MapValue {
  const own = service.get(key);
  const ownEntries = own?.value.kind === 'map' ? own.value.entries : [];
  const names = new Set(ownEntries.map((entry) => entry.key));
  const found = variablesOf(files.value, scope).filter((entry) => !names.has(entry.key));
  if (found.length === 0) return service;
  const all = [...ownEntries, ...found];
  if (own?.value.kind === 'map')
    return withEntry(service, { ...own, value: withEntries(own.value, all) });
  return withEntry(service, entryAt(files.value, key, mapValue(files.value, all)));
}

function variablesOf(files: Value, scope: Scope): readonly Entry[] {
  const found = new Map<string, Entry>();
  if (files.kind !== 'seq') return [];
  for (const { value } of files.items) {
    for (const [path, variable] of readFile(value, found, scope)) {
      found.set(variable.name, fileEntry(path, variable));
    }
  }
  return [...found.values()];
}

/** A variable of a file; its value stands where the file sets it. */
function fileEntry(path: Scalar, { name, value, place }: FileVariable): Entry {
  const steps = [{ kind: 'include', file: path.text, at: path } as const];
  const at = place ?? path;
  return { ...entryAt(at, name, scalarValue(at, value), steps), via: 'alias' };
}

/** What a file sets, each with the path that names the file. */
function readFile(
  file: Value,
  before: ReadonlyMap<string, Entry>,
  scope: Scope,
): readonly (readonly [Scalar, FileVariable])[] {
  const path = scalarOf(file.kind === 'map' ? file.get('path')?.value : file);
  if (!path || path.open.length > 0) return [];
  const { context } = scope;
  const lookup = (name: string): string | undefined =>
    scalarOf(before.get(name)?.value)?.text ?? context.variable(name);
  const read = context.envFile(path.text, lookup, formatOf(file, scope));
  if (read.kind === 'read') return read.variables.map((variable) => [path, variable] as const);
  report(file, path, read, scope);
  return [];
}

function formatOf(file: Value, scope: Scope): string | undefined {
  const format = file.kind === 'map' ? scalarOf(file.get('format')?.value) : undefined;
  if (format && format.text !== '' && format.text !== 'raw')
    refuse(
      scope,
      format,
      `Compose knows no env files of the format "${format.text}". Say format: raw for values that are taken as they stand, or leave it out.`,
    );
  return format?.text;
}

const scalarOf = (value: Value | undefined): Scalar | undefined =>
  value?.kind === 'scalar' ? value : undefined;

function report(
  file: Value,
  path: Scalar,
  read: Exclude<EnvFile, { readonly kind: 'read' }>,
  scope: Scope,
): void {
  if (read.kind === 'unreadable') {
    refuse(scope, read.place ?? path, `The env file ${path.text} cannot be read. ${read.reason}`);
    return;
  }
  const required = file.kind === 'map' ? file.get('required')?.value : undefined;
  if (required?.kind === 'scalar' && required.value === false) return;
  refuseAs(
    scope,
    path,
    MISSING_ENV_FILE,
    `The file ${path.text} does not exist, so Compose refuses to start. Create it, or say required: false.`,
  );
}
