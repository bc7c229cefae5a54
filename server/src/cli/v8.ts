/** Settings of the JavaScript engine under the program, measured on large checks (docs/adr/0011-threads.md). */
import { setFlagsFromString } from 'node:v8';

/**
 * Hundreds of small functions share the work, none of them is hot for long, and files leave nothing behind. Has to be
 * called before there is any work; an engine that does not know a setting passes over it.
 */
export function tuneEngine(): void {
  // The optimiser is the largest single cost of a run: with the usual 920, each function takes many others in.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
  // Garbage is collected when the heap has grown by this much, not when it is four times as large.
  setFlagsFromString('--heap-growing-percent=70');
}
