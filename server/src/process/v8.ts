/** Settings of the JavaScript engine under a program, measured with the benchmarks (docs/adr/0011-threads.md). */
import { setFlagsFromString } from 'node:v8';

/**
 * Hundreds of small functions share our work, and none of them is hot for long: the optimiser is the largest single cost
 * of a run when, as usual, each function may take in 920 bytes of others. To be called before there is any work; an engine
 * that does not know the setting passes over it.
 */
export function optimiseLess(): void {
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
}

/** For runs in which each file leaves only garbage: it is collected when the heap has grown by this share, and not fourfold. */
export function collectSooner(): void {
  setFlagsFromString('--heap-growing-percent=70');
}
