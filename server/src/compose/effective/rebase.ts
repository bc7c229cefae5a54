/** Makes relative paths absolute in what another directory's file says: from then on nobody needs to know where it was. */
import { join } from 'node:path';
import { mapValue, seqValue } from '../make.ts';
import type { Entry, MapValue, Scalar, Value } from '../value.ts';
import { mapped } from './lists.ts';
import { below, type Pattern, patternsOf } from './pattern.ts';
import { isPath, shortMount } from './short-mount.ts';

/** How a path is written at a place. */
type Written =
  | 'path'
  /** A path, or the address of something elsewhere. */
  | 'context'
  /** `source:target`, where the source may be the name of a volume. */
  | 'mount'
  /** The source of a mount in its long form, where the type says that it is a path. */
  | 'mount-source'
  /** The device of a local volume that is a bind mount. */
  | 'device'
  /** `NAME=context`. */
  | 'named-context'
  /** `id=path`. */
  | 'named-path';

const patterns = patternsOf<Written>({
  'services.*.build': 'context',
  'services.*.build.additional_contexts.*': 'named-context',
  'services.*.build.context': 'context',
  'services.*.build.ssh.*': 'named-path',
  'services.*.develop.watch.*.path': 'path',
  'services.*.env_file': 'path',
  'services.*.env_file.*': 'path',
  'services.*.env_file.*.path': 'path',
  'services.*.label_file': 'path',
  'services.*.label_file.*': 'path',
  'services.*.volumes.*': 'mount',
  'services.*.volumes.*.source': 'mount-source',
  'configs.*.file': 'path',
  'secrets.*.file': 'path',
  'volumes.*.driver_opts.device': 'device',
});

/** What is around a scalar that decides what it means. */
interface Around {
  readonly directory: string;
  readonly pattern: Pattern<Written>;
  /** The mapping that holds the scalar, or that mapping's own holder. */
  readonly parents: readonly MapValue[];
  readonly inMap: boolean;
}

/** The entry of a section with its relative paths absolute; the same entry where it has none. */
export function rebaseEntry(entry: Entry, section: string, directory: string): Entry {
  const pattern = below(below(patterns, section), '');
  if (pattern === undefined) return entry;
  const value = rebase(entry.value, { directory, pattern, parents: [], inMap: false });
  return value === entry.value ? entry : { ...entry, value };
}

function rebase(value: Value, around: Around): Value {
  if (value.kind === 'map') return rebaseMap(value, around);
  if (value.kind === 'scalar') return rebaseScalar(value, around);
  const pattern = around.pattern.any;
  if (pattern === undefined) return value;
  const items = mapped(value.items, (item) => {
    const changed = rebase(item.value, { ...around, pattern, inMap: false });
    return changed === item.value ? item : { ...item, value: changed };
  });
  return items === value.items ? value : seqValue(value, items, value);
}

function rebaseMap(map: MapValue, around: Around): MapValue {
  const parents = [map, ...around.parents];
  const entries = mapped(map.entries, (entry) => {
    const pattern = below(around.pattern, entry.key);
    if (pattern === undefined) return entry;
    const value = rebase(entry.value, { ...around, pattern, parents, inMap: true });
    return value === entry.value ? entry : { ...entry, value };
  });
  return entries === map.entries ? map : mapValue(map, entries, map);
}

function rebaseScalar(scalar: Scalar, around: Around): Scalar {
  const { data } = around.pattern;
  if (data === undefined || typeof scalar.value !== 'string' || scalar.value === '') return scalar;
  const text = changedText(scalar.value, data, around);
  if (text === scalar.value) return scalar;
  return { ...scalar, value: text, text, template: scalar.template ?? scalar.value };
}

function changedText(text: string, written: Written, around: Around): string {
  const { directory, parents } = around;
  switch (written) {
    case 'path':
      return absolute(text, directory);
    case 'context':
      return contextIn(text, directory);
    case 'mount':
      return mountIn(text, directory);
    case 'mount-source':
      return says(parents[0], 'type', 'bind') ? absolute(text, directory) : text;
    case 'device':
      return isBindVolume(parents) ? absolute(text, directory) : text;
    case 'named-context':
      return named(text, around, contextIn);
    case 'named-path':
      return named(text, around, absolute);
  }
}

/** In a mapping the name is the key; in a list it stands before `=`, and without one there is only a name. */
function named(
  text: string,
  { directory, inMap }: Around,
  change: (path: string, directory: string) => string,
): string {
  if (inMap) return change(text, directory);
  const at = text.indexOf('=');
  if (at === -1) return text;
  return text.slice(0, at + 1) + change(text.slice(at + 1), directory);
}

/** Home directories are left for whoever knows them. */
function absolute(path: string, directory: string): string {
  const stays = path === '' || /^(\/|~|\p{L}:[\\/]|\\\\)/u.test(path);
  return stays ? path : join(directory, path);
}

const REMOTE = /^(https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/|git@)/;

function contextIn(context: string, directory: string): string {
  return context.includes('://') || REMOTE.test(context) || context.startsWith('service:')
    ? context
    : absolute(context, directory);
}

function mountIn(text: string, directory: string): string {
  const { source, target, rest } = shortMount(text);
  if (source === undefined || !isPath(source)) return text;
  return `${absolute(source, directory)}:${target}${rest}`;
}

function isBindVolume([options, volume]: readonly MapValue[]): boolean {
  return says(options, 'o', 'bind') && says(volume, 'driver', 'local');
}

function says(map: MapValue | undefined, key: string, text: string): boolean {
  const value = map?.get(key)?.value;
  return value?.kind === 'scalar' && value.text === text;
}
