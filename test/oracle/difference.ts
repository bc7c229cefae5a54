/** Where two JSON values differ first. */

export interface Difference {
  /** Such as `services.web.ports[0].published`. */
  readonly path: string;
  /** As JSON; `nothing` where one of them has no such entry. */
  readonly expected: string;
  readonly actual: string;
}

/**
 * Undefined where they say the same. The order of keys says nothing in JSON, so it does not count; everything else
 * does: types, null against absent, and the order of lists.
 */
export function firstDifference(
  expected: unknown,
  actual: unknown,
  path = '',
): Difference | undefined {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length);
    const indices = Array.from({ length }, (_, index) => index);
    return among(indices, (i) => firstDifference(expected[i], actual[i], `${path}[${i}]`));
  }
  if (isRecord(expected) && isRecord(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    return among(keys, (key) => firstDifference(expected[key], actual[key], below(path, key)));
  }
  if (Object.is(expected, actual)) return undefined;
  return { path: path || 'the whole', expected: shown(expected), actual: shown(actual) };
}

function among<Key>(
  keys: readonly Key[],
  compare: (key: Key) => Difference | undefined,
): Difference | undefined {
  for (const key of keys) {
    const difference = compare(key);
    if (difference) return difference;
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function below(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path ? `${path}.${key}` : key;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
