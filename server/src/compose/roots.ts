/** Where a service gets its keys from besides itself: anchors, `x-` fragments and services that it extends. */
import { descend } from './model.ts';
import type { Entry, MapValue, Value } from './value.ts';

/** As much of a service as it takes; see `effective/merged.ts`. */
export interface Rooted {
  readonly map: MapValue;
  readonly layers: readonly Entry[];
  readonly chain: readonly { readonly name: string; readonly entry: Entry }[];
}

/** A mapping that the service has its keys from: what is added to it at `path`, the service gets too. */
export interface Root {
  readonly map: MapValue;
  readonly path: readonly string[];
  /** What it is called: its anchor, or the service that it is. */
  readonly name: string;
}

/**
 * The mappings through which a service would get a key at `path` that it does not have, the nearest first: its own ones
 * too. None where it has the key.
 */
export function rootsOf(service: Rooted, path: readonly string[]): readonly Root[] {
  if (descend(service.map, path)) return [];
  const roots: Root[] = [];
  for (const { key, value } of service.layers) take(roots, value, path, `service ${key}`);
  // What is laid over a parent may be meant to hide all of it.
  if (service.layers.some(({ value }) => isReplaced(value, path))) return roots;
  for (const { name, entry } of service.chain) take(roots, entry.value, path, `service ${name}`);
  return roots;
}

function take(roots: Root[], value: Value, path: readonly string[], name: string): void {
  if (value.kind !== 'map' || roots.some(({ map }) => map === value)) return;
  roots.push({
    map: value,
    path,
    name: value.anchor === undefined ? name : `&${value.anchor}`,
  });
  descendInto(roots, value, path, name);
}

/** Follows a path through what is merged or named by aliases on the way. */
function descendInto(roots: Root[], map: MapValue, path: readonly string[], name: string): void {
  const [key, ...rest] = path;
  const entry = key === undefined ? undefined : map.get(key);
  if (!entry) {
    for (const merged of map.merges) take(roots, merged, path, name);
    return;
  }
  const { value, via } = entry;
  const from = map.merges.find((merged) => merged.get(entry.key)?.value === value);
  if (via === 'merge') {
    if (from) take(roots, from, path, name);
  } else if (value.kind === 'map' && value.tag === undefined) {
    if (via === 'alias') take(roots, value, rest, name);
    else descendInto(roots, value, rest, name);
  }
}

/** Whether a tag of Compose stands on the way. */
function isReplaced(value: Value, path: readonly string[]): boolean {
  let here: Value | undefined = value;
  for (const key of path) {
    if (here?.tag !== undefined) return true;
    here = here?.kind === 'map' ? here.get(key)?.value : undefined;
  }
  return here?.tag !== undefined;
}
