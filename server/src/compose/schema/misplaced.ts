/** Where a key belongs that means nothing where it stands. */
import { nearest } from '../../core/nearest.ts';

import { entryShapes, rootShape, type Section, type Shape } from './shape.ts';
import type { Trail } from './trail.ts';

export interface Placement {
  /** A sentence that starts with a space; empty where nothing is known. */
  readonly hint: string;
  /** The key of this mapping that was probably meant. */
  readonly rename?: string;
}

/** What people call keys of a service that have another name. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['cmd', 'command'],
  ['cpu', 'cpus'],
  ['cpu_limit', 'cpus'],
  ['env', 'environment'],
  ['env_vars', 'environment'],
  ['envs', 'environment'],
  ['hosts', 'extra_hosts'],
  ['mem', 'mem_limit'],
  ['memory', 'mem_limit'],
  ['memory_limit', 'mem_limit'],
  ['mounts', 'volumes'],
  ['needs', 'depends_on'],
  ['requires', 'depends_on'],
  ['workdir', 'working_dir'],
]);

export function placementOf(trail: Trail, key: string, shape: Shape): Placement {
  const { section, service, path } = trail;
  const known = [...shape.keys.keys()];
  const meant =
    known.find((name) => plain(name) === plain(key)) ??
    known.find((name) => name === `${key}s` || key === `${name}s`) ??
    (service !== undefined && path.length === 0 ? MEANT.get(key) : undefined);
  if (meant !== undefined) return { hint: ` Did you mean ${meant}?`, rename: meant };
  const elsewhere = section === undefined ? undefined : belongs(key, section, pathOf(trail));
  if (elsewhere !== undefined) return { hint: ` It belongs ${elsewhere}.` };
  const near = nearest(key, known);
  if (near !== undefined) return { hint: ` Did you mean ${near}?`, rename: near };
  return { hint: section === undefined ? topHint(key) : '' };
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_ ]/g, '');

/** From the entry of the section on: a service's trail starts there, those of others at the section. */
function pathOf({ service, path }: Trail): string {
  return path.slice(service === undefined ? 2 : 0).join('.');
}

/** Where else in the entry, or at the top of the file, the key is known. */
function belongs(key: string, section: Section, path: string): string | undefined {
  const entry = entryShapes[section];
  if (path !== '' && entry.keys.has(key)) return `directly below the ${section.slice(0, -1)}`;
  const paths = [...homes(entry, key, '')].filter((home) => home !== path);
  const home = paths.find((other) => other.startsWith(path === '' ? '' : `${path}.`)) ?? paths[0];
  if (home !== undefined) return `below ${home}`;
  const isTop = section === 'services' && rootShape.keys.has(key);
  return isTop ? 'at the top level of the file' : undefined;
}

/** The nearest to the top comes first; the items of a list count as what holds them. */
function* homes(shape: Shape, key: string, path: string): Generator<string> {
  const children = [...shape.keys].map(
    ([name, child]) => [path === '' ? name : `${path}.${name}`, child] as const,
  );
  for (const [at, child] of children) {
    if (child.keys.has(key) || child.items?.keys.has(key) === true) yield at;
  }
  for (const [at, child] of children) yield* homes(child, key, at);
}

function topHint(key: string): string {
  return entryShapes.services.keys.has(key)
    ? ` It belongs to a service, below services and the name of one.`
    : ` If nothing but your own files reads it, call it x-${key}.`;
}
