/** The form of the tables about what two files come to. */

/** An attribute as two files say it, and what it comes to. */
export interface Row {
  readonly what: string;
  readonly earlier: string;
  readonly later: string;
  readonly key: string;
  readonly merged: unknown;
}
