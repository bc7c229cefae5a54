/** Names that differ by one slip of the fingers, which is nearer than what is merely alike. */

const SHORTEST = 4;

/**
 * One letter is changed, left out, put in, or swapped with its neighbour, or only the case is another. Not for names so
 * short that most are alike, nor for those that are numbered.
 */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.min(a.length, b.length) < SHORTEST) return false;
  if (a.replace(/\d/g, '') === b.replace(/\d/g, '')) return false;
  const [x, y] = restOf(a.toLowerCase(), b.toLowerCase());
  if (x.length <= 1 && y.length <= 1) return true;
  const [first = '', second = ''] = x;
  return x.length === 2 && y === second + first;
}

/** Without what both begin with, and without what both then end with. */
function restOf(a: string, b: string): readonly [string, string] {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  const longest = Math.min(a.length, b.length) - start;
  while (end < longest && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}
