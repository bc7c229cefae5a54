/** "Did you mean": the nearest of some known words. */

/** The known word with the fewest changes from `word`, if those are at most a third of its length. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.floor(Math.max(word.length, 3) / 3) + 1;
  for (const candidate of known) {
    const distance = changesBetween(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

type Row = readonly number[];

const cell = (row: Row, index: number): number => row[index] ?? 0;

/** Letters changed, left out, put in, or swapped with their neighbour; three rows at a time. */
function changesBetween(a: string, b: string): number {
  let before: Row = [];
  let row: Row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const least = Math.min(cell(row, j) + 1, cell(next, j - 1) + 1, cell(row, j - 1) + same);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(swapped ? Math.min(least, cell(before, j - 2) + 1) : least);
    }
    before = row;
    row = next;
  }
  return cell(row, b.length);
}
