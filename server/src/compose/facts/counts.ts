/** Counts and lists by key that grow and shrink, for what is kept of many services while one of them changes. */

/** How often keys are there, and which are there more than once. */
export interface Counts<Key> {
  readonly has: (key: Key) => boolean;
  readonly shared: ReadonlySet<Key>;
  readonly add: (key: Key) => void;
  readonly remove: (key: Key) => void;
}

export function countsOf<Key>(): Counts<Key> {
  const counts = new Map<Key, number>();
  const shared = new Set<Key>();
  return {
    has: (key) => counts.has(key),
    shared,
    add: (key) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > 1) shared.add(key);
    },
    remove: (key) => {
      const count = (counts.get(key) ?? 0) - 1;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
      if (count < 2) shared.delete(key);
    },
  };
}

/** Who says what; a key without anybody is not there. */
export interface Sayers<Key, Sayer> {
  readonly of: (key: Key) => Iterable<Sayer>;
  readonly add: (key: Key, sayer: Sayer) => void;
  readonly remove: (key: Key, sayer: Sayer) => void;
}

export function sayersOf<Key, Sayer>(): Sayers<Key, Sayer> {
  const sayers = new Map<Key, Set<Sayer>>();
  return {
    of: (key) => sayers.get(key) ?? [],
    add: (key, sayer) => {
      const known = sayers.get(key);
      if (known) known.add(sayer);
      else sayers.set(key, new Set([sayer]));
    },
    remove: (key, sayer) => {
      const known = sayers.get(key);
      known?.delete(sayer);
      if (known?.size === 0) sayers.delete(key);
    },
  };
}
