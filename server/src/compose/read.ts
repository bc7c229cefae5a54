/** What reading one source yields, whichever reader read it. */
import type { Span } from '../core/span.ts';
import type { Value } from './value.ts';

export interface Problem {
  readonly message: string;
  readonly span: Span;
}

export interface Read {
  /** Undefined where the text holds nothing but comments. */
  readonly root: Value | undefined;
  /** Anchors that are set in this text; where a name is set twice, the last one. */
  readonly defined: ReadonlyMap<string, Value>;
  /** Anchors that are used here and not set earlier in this text, with what they were taken for. */
  readonly used: ReadonlyMap<string, Value | undefined>;
  /** Everything that an alias or a merge key of this text refers to, in whatever source it stands. */
  readonly targets: readonly Value[];
  readonly problems: readonly Problem[];
}

/** Finds the anchor that counts where this text starts. */
export type Anchors = (name: string) => Value | undefined;
