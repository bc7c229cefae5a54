/** The variables that a Compose file may name, and who sets them. */
import type { Place } from '../../core/source.ts';

export interface Variable {
  readonly value: string;
  readonly from: 'process' | 'file';
  /** The line that sets it, where a file does. */
  readonly place?: Place | undefined;
}

/** Compared by identity: give the same object again where nothing in it changed. */
export interface Environment {
  readonly find: (name: string) => Variable | undefined;
  /**
   * Whether what it does not know is set nowhere. Then Compose's refusals hold, and nothing is left open; otherwise a
   * variable without a value and default may still be set where the project runs.
   */
  readonly complete: boolean;
}

/** What `over` knows counts; only where it knows nothing, `under` is asked. */
export function layered(over: Environment, under: Environment): Environment {
  return {
    find: (name) => over.find(name) ?? under.find(name),
    complete: over.complete && under.complete,
  };
}
