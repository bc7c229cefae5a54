/** Texts that are read in one piece, and places in them. */
import type { Span } from './span.ts';

/**
 * A whole file, or one block of it that is read on its own. Spans are offsets in `text`, so what was read of a block
 * stays right wherever the block moves to. Compared by identity: two blocks with the same text are two sources.
 */
export interface Source {
  /** Absolute path of the file. */
  readonly file: string;
  readonly text: string;
}

/** Where something is written. */
export interface Place {
  readonly source: Source;
  readonly span: Span;
}
