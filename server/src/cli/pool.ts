/** Spreads the files of a large run over the processor's cores. */
import { Worker } from 'node:worker_threads';
import type { Checked } from './check-files.ts';
import type { Target } from './input.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly colors: boolean;
  readonly columns: number | undefined;
}

/** What a thread answers to a batch of targets. */
export interface BatchResult extends Checked {
  /** What it had to say to people, in order. */
  readonly told: readonly string[];
}

/** Large enough that sending costs nothing, small enough that no thread is left with the rest of the work. */
const BATCH = 24;

/** A thread has to start and to warm up, which takes about as long as this many files. */
const WORTH_A_THREAD = 150;

/** How many threads a run is worth; 1 means that it is not worth any. */
export function threadsFor(files: number, cores: number): number {
  return Math.max(1, Math.min(cores, Math.floor(files / WORTH_A_THREAD)));
}

/** In MiB: files are small, and what is made of one is garbage as soon as it is checked. */
const YOUNG_GENERATION = 8;

/** What the threads of a run share. */
export interface Crew {
  /** The program's own file, which a thread runs. */
  readonly script: string;
  readonly threads: number;
  readonly data: ThreadData;
  /** What this thread does with a batch of its own: it has nothing else to do. */
  readonly check: (targets: readonly Target[]) => BatchResult;
  /** Lets messages of other threads come in. */
  readonly pause: () => Promise<void>;
}

/** The results batch by batch, in the order of the targets. Throws what a thread throws. */
export async function* checkInThreads(
  targets: readonly Target[],
  { script, threads, data, check, pause }: Crew,
): AsyncGenerator<BatchResult> {
  const batches: (readonly Target[])[] = [];
  for (let at = 0; at < targets.length; at += BATCH) batches.push(targets.slice(at, at + BATCH));
  const results = batches.map(() => promised<BatchResult>());
  const fail = (error: Error): void => {
    for (const { reject } of results) reject(error);
  };
  let next = 0;
  const take = (): number => next++;
  const others = Array.from({ length: threads - 1 }, () => {
    const worker = new Worker(script, {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    let current = take();
    worker.on('message', (result: BatchResult) => {
      results[current]?.resolve(result);
      current = take();
      if (current < batches.length) worker.postMessage(batches[current]);
    });
    worker.on('error', fail);
    if (current < batches.length) worker.postMessage(batches[current]);
    return worker;
  });
  const here = async (): Promise<void> => {
    for (let current = take(); current < batches.length; current = take()) {
      results[current]?.resolve(check(batches[current] ?? []));
      await pause();
    }
  };
  here().catch(fail);
  try {
    for (const { promise } of results) yield await promise;
  } finally {
    await Promise.all(others.map((worker) => worker.terminate()));
  }
}

interface Promised<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function promised<T>(): Promised<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  // Somebody may fail while an earlier one is awaited.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
