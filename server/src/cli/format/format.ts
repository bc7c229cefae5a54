/** What an output format is: text for the start, for each file as soon as it is checked, and for the end. */
import type { Severity } from '../../core/rule.ts';
import type { InputError } from '../input.ts';
import type { Threshold } from '../options.ts';
import type { PlacedFinding } from '../placed.ts';

/** Pieces are written as they come, so that nothing of a file has to be kept. */
export interface Format {
  readonly begin: () => string;
  /** Depends on nothing but this file, so files can be written down by several threads; empty for nothing to say. */
  readonly file: (report: FileReport) => string;
  /** Stands between the texts of two files that have any. */
  readonly separator: string;
  readonly end: (outcome: Outcome) => string;
}

export interface FormatContext {
  /** Absolute path of the current folder. */
  readonly cwd: string;
  readonly colors: boolean;
  /** How many columns a person sees; undefined where a program reads. */
  readonly columns: number | undefined;
  /** What makes the run fail, for formats that say so of single findings. */
  readonly failOn: Threshold;
}

/** A checked file; also one without findings. */
export interface FileReport {
  readonly file: string;
  readonly findings: readonly PlacedFinding[];
}

export interface Outcome {
  /** Number of checked files. */
  readonly files: number;
  readonly counts: Readonly<Record<Severity, number>>;
  /** How many findings have a fix, by whether it is safe. */
  readonly fixable: { readonly safe: number; readonly unsafe: number };
  readonly errors: readonly InputError[];
}
