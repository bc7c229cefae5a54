/** How much two texts have in common, at a cost that hardly grows with them. */

/** In UTF-16 code units: pieces of this size are compared at once, which costs next to nothing. */
const PIECE = 1 << 16;

/** How many code units two texts have in common at their starts. */
export function sameStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.slice(at, at + PIECE) === b.slice(at, at + PIECE)) at += PIECE;
  if (at >= most) return most;
  let size = PIECE;
  while ((size >>= 1) > 0)
    if (a.slice(at, at + size) === b.slice(at, at + size) && at + size <= most) at += size;
  return at;
}

/** How many code units they have in common at their ends, but for the first `besides` of each. */
export function sameEnd(a: string, b: string, besides: number): number {
  const most = Math.min(a.length, b.length) - besides;
  const isSame = (from: number, to: number): boolean =>
    a.slice(a.length - to, a.length - from) === b.slice(b.length - to, b.length - from);
  let at = 0;
  while (at + PIECE <= most && isSame(at, at + PIECE)) at += PIECE;
  let size = PIECE;
  while ((size >>= 1) > 0) if (at + size <= most && isSame(at, at + size)) at += size;
  return at;
}
