/** What a YAML text holds: values with the places at which they are written, and how they came to where they count. */
import type { Place, Source } from '../core/source.ts';
import type { Span } from '../core/span.ts';

export type Value = Scalar | MapValue | SeqValue;

/** Compose's own tags: `!reset` takes away what other files say at this place, `!override` replaces it. */
export type Tag = 'reset' | 'override';

interface Written extends Place {
  /** The source of the text, and `span` in it: quotes and block indicators included, empty for what is not written. */
  readonly source: Source;
  readonly span: Span;
  readonly tag: Tag | undefined;
  /** The name of the anchor that is set on it. */
  readonly anchor: string | undefined;
}

export interface Scalar extends Written {
  readonly kind: 'scalar';
  /** As YAML's core schema reads it; after interpolation, as Compose casts it. */
  readonly value: string | number | boolean | null;
  /** The text of it, as a string: what Compose sees after it has cast everything to text. */
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'absent';
  /** Inside braces or brackets, where a plain text may hold fewer characters. */
  readonly inFlow: boolean;
  /** The text before variables were filled in; undefined where it has none, or nothing was filled in yet. */
  readonly template: string | undefined;
  /** Names of variables in it that nothing sets and that have no default, so that `text` is not what will run. */
  readonly open: readonly string[];
}

export interface MapValue extends Written {
  readonly kind: 'map';
  readonly flow: boolean;
  /** Own entries, then what merge keys bring; a key counts once, the first wins. */
  readonly entries: readonly Entry[];
  /** What its merge key names, in order; also where all that it brings is said here again. */
  readonly merges: readonly MapValue[];
  readonly get: (key: string) => Entry | undefined;
}

export interface SeqValue extends Written {
  readonly kind: 'seq';
  readonly flow: boolean;
  readonly items: readonly Item[];
}

export interface Item {
  readonly value: Value;
  /** Written here, and not through an alias. */
  readonly own: boolean;
  /** What brought it here, the last step first; empty where it is simply written in the list. */
  readonly steps: readonly Step[];
}

export interface Entry {
  readonly key: string;
  /** Where the key is written: that may be another source than the one of the mapping that holds it. */
  readonly source: Source;
  readonly keySpan: Span;
  readonly value: Value;
  /** The offset in `source` behind the last character that is written for it here: an alias ends where its name does. */
  readonly end: number;
  /** Written here; or its value through an alias; or the whole entry through a merge key. Only `own` may be edited here. */
  readonly via: 'own' | 'alias' | 'merge';
  /** What brought it here, the last step first; empty where it is simply written in the mapping. */
  readonly steps: readonly Step[];
}

/** One step on the way of a value from where it is written to where it counts; `at` is where the step is written. */
export type Step =
  | { readonly kind: 'alias' | 'merge'; readonly anchor: string; readonly at: Place }
  | { readonly kind: 'extends'; readonly service: string; readonly at: Place }
  | { readonly kind: 'include'; readonly file: string; readonly at: Place }
  /** A later file or document says it again; `at` is what it hides or adds to. */
  | { readonly kind: 'override'; readonly at: Place }
  /** Compose supplies it where nobody wrote anything. */
  | { readonly kind: 'default'; readonly reason: string }
  | {
      readonly kind: 'variable';
      readonly name: string;
      /** The line that sets it; undefined where the process environment does, or the default in the text counts. */
      readonly at: Place | undefined;
      readonly from: 'process' | 'file' | 'default' | 'unset';
    };
