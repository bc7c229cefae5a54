/** What makes Compose refuse a project, with the place that is to blame. */
import type { Place } from '../core/source.ts';

export interface Refusal {
  /** The id of the finding that it becomes, such as `compose/undefined-network`. */
  readonly rule: string;
  /** What is wrong, why, and what to do. */
  readonly message: string;
  readonly place: Place;
  /** The service that it is about. */
  readonly service?: string;
  /** What was probably meant: the text to write in the place of another. */
  readonly rename?: Rename;
  /** The entry whose absence it is about. */
  readonly declare?: Declaration;
}

export interface Rename {
  readonly place: Place;
  /** As it is to be written, quotes included. */
  readonly to: string;
}

export interface Declaration {
  /** Only these can be declared with a name alone. */
  readonly section: 'networks' | 'volumes';
  readonly name: string;
}
