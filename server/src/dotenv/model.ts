/** What the text of an env file holds: variables in the order of the text, and what is wrong with it. */
import type { Source } from '../core/source.ts';
import type { Span } from '../core/span.ts';

export interface DotenvFile {
  readonly source: Source;
  /** In the order of the text; a name that is set twice is there twice, and the last one counts. */
  readonly variables: readonly DotenvVariable[];
  /** In the order of the text. Compose stops at the first that it refuses; what follows is read all the same. */
  readonly problems: readonly DotenvProblem[];
}

export interface DotenvVariable {
  /** Empty where a value stands without a name. */
  readonly name: string;
  /** With variables filled in; undefined where the name stands alone and nobody sets it: then it is not set. */
  readonly value: string | undefined;
  /** The name stands alone, so that its value comes from the environment. */
  readonly inherited: boolean;
  readonly quote: '"' | "'" | '';
  /** From `export` or the name to the end of the value. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** Quotes included, comments not; empty where nothing is written. */
  readonly valueSpan: Span;
  /** The variables that its value names, those inside defaults included. */
  readonly references: readonly Reference[];
  /** Names in its value that nothing sets and that have no default, so that `value` is not what will count. */
  readonly open: readonly string[];
}

/** A variable that a value names; the span reaches from `$` to behind the closing brace. */
export interface Reference {
  readonly name: string;
  /** `:-` `-` `:?` `?` `:+` `+`, or nothing. */
  readonly operator: string;
  readonly span: Span;
}

export interface DotenvProblem {
  /** `no-name` is what Compose takes and hardly anybody wants; it refuses a file with any of the others. */
  readonly kind:
    | 'bad-character'
    | 'space-in-name'
    | 'unterminated-quote'
    | 'invalid-variable'
    | 'required-variable'
    | 'no-name';
  readonly message: string;
  readonly span: Span;
}

/** Whether Compose goes on with a file that has this problem. */
export function isTolerated({ kind }: DotenvProblem): boolean {
  return kind === 'no-name';
}
