/** "Did you mean" for names that have a group in front, such as `compose/require-healthcheck`. */
import { nearest } from '../core/nearest.ts';

/** The known name that `word` most likely stands for: one that only lacks its group, else the nearest one. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const tail = `/${word.toLowerCase()}`;
  return known.find((name) => name.toLowerCase().endsWith(tail)) ?? nearest(word, known);
}
