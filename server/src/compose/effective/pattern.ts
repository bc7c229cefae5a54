/** Tables whose rows are paths in a Compose file, such as `services.*.build.args`, made quick to walk along a tree. */

/** One place in all patterns; `data` is what the table says of it. */
export interface Pattern<T> {
  readonly data: T | undefined;
  readonly keys: ReadonlyMap<string, Pattern<T>>;
  /** Where the table says `*`: any key, and any item of a list. */
  readonly any: Pattern<T> | undefined;
}

interface Growing<T> {
  data: T | undefined;
  readonly keys: Map<string, Growing<T>>;
  any: Growing<T> | undefined;
}

/** The root of a table whose keys are paths. */
export function patternsOf<T>(table: Readonly<Record<string, T>>): Pattern<T> {
  const root = growing<T>();
  for (const [path, data] of Object.entries(table)) {
    let at = root;
    for (const part of path.split('.')) at = childOf(at, part);
    at.data = data;
  }
  return root;
}

function growing<T>(): Growing<T> {
  return { data: undefined, keys: new Map(), any: undefined };
}

function childOf<T>(at: Growing<T>, part: string): Growing<T> {
  if (part === '*') return (at.any ??= growing());
  const known = at.keys.get(part);
  if (known) return known;
  const made = growing<T>();
  at.keys.set(part, made);
  return made;
}

/** The place one key further down; undefined where the table says nothing there and below. */
export function below<T>(pattern: Pattern<T> | undefined, key: string): Pattern<T> | undefined {
  return pattern === undefined ? undefined : (pattern.keys.get(key) ?? pattern.any);
}
