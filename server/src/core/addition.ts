/** What a fix adds to a service, said so that it can as well be added once to what several services share. */

/** A key, and what stands behind it: YAML source for a scalar or a flow sequence, or nested keys. */
export type Line = readonly [key: string, block: string | readonly Line[]];

export interface Addition {
  /** What it is, as a title names it: `restart`. */
  readonly what: string;
  /** Where in the service it stands. */
  readonly path: readonly string[];
  readonly lines: readonly Line[];
  /** Of several that differ in their values alone, the one that weighs most suits all of them. */
  readonly weight?: number;
  /** Keys of a service that it must not stand beside. */
  readonly against?: readonly string[];
  /** What a person has to do for each of the services then, as a sentence. */
  readonly answer?: string;
}
