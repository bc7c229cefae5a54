/** What a YAML text holds: values with the places at which they are written. */
import type { Span } from '../core/span.ts';

export type Value = Scalar | MapValue | SeqValue;

export interface Scalar {
  readonly kind: 'scalar';
  /** As YAML's core schema reads it. */
  readonly value: string | number | boolean | null;
  /** The text of it, as a string: what Compose sees after it has cast everything to text. */
  readonly text: string;
  /** The source, quotes and block indicators included; empty for a value that is not written. */
  readonly span: Span;
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'absent';
  /** Inside braces or brackets, where a plain text may hold fewer characters. */
  readonly inFlow: boolean;
}

export interface MapValue {
  readonly kind: 'map';
  readonly span: Span;
  readonly flow: boolean;
  /** Own entries, then what merge keys bring; a key counts once, the first wins. */
  readonly entries: readonly Entry[];
  readonly get: (key: string) => Entry | undefined;
}

export interface SeqValue {
  readonly kind: 'seq';
  readonly span: Span;
  readonly flow: boolean;
  readonly items: readonly Item[];
}

export interface Item {
  readonly value: Value;
  /** Written here, and not through an alias. */
  readonly own: boolean;
}

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Value;
  /** The offset behind the last character that is written for it here: an alias ends where its name does. */
  readonly end: number;
  /** Written here; or its value through an alias; or the whole entry through a merge key. Only `own` may be edited here. */
  readonly via: 'own' | 'alias' | 'merge';
}
