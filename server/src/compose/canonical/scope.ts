/** What making a canonical value may look up, and where it puts what Compose would refuse. */
import type { Place } from '../../core/source.ts';
import type { Refusal } from '../refusal.ts';
import type { Scalar } from '../value.ts';

/** A variable that an env file sets, in the form in which the file's reader hands it over. */
export interface FileVariable {
  readonly name: string;
  readonly value: string;
  /** Where the file sets it; undefined where the reader cannot say. */
  readonly place?: Place | undefined;
}

export type EnvFile =
  | { readonly kind: 'read'; readonly variables: readonly FileVariable[] }
  | { readonly kind: 'missing' }
  /** `reason` is a sentence: what the file says that cannot be read; `place` is where in the file it says so. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly place?: Place | undefined };

/** The value of a variable; undefined where nothing sets it. */
export type Lookup = (name: string) => string | undefined;

export interface CanonicalContext {
  /** The project's folder, absolute: relative paths start there, those of other folders' files being absolute by now. */
  readonly directory: string;
  readonly projectName: string;
  /** The folder that `~` stands for. */
  readonly home: string;
  /** Variables of the project, for names without a value in `environment` and `build.args`. */
  readonly variable: Lookup;
  /** Reads a file of variables. `lookup` knows those of the files before it, and then the project's. */
  readonly envFile: (path: string, lookup: Lookup, format: string | undefined) => EnvFile;
}

/** One run over one service or one top-level resource. */
export interface Scope {
  readonly context: CanonicalContext;
  readonly refusals: Refusal[];
  readonly service: string | undefined;
}

const INVALID_VALUE = 'compose/invalid-value';

export const MISSING_ENV_FILE = 'compose/missing-env-file';

/** Compose refuses the project for this value. Nothing is said about a value that only the environment knows. */
export function refuse(scope: Scope, value: Place | Scalar, message: string): void {
  if ('open' in value && value.open.length > 0) return;
  refuseAs(scope, value, INVALID_VALUE, message);
}

export function refuseAs(
  { refusals, service }: Scope,
  { source, span }: Place,
  rule: string,
  message: string,
): void {
  refusals.push({
    rule,
    message,
    place: { source, span },
    ...(service !== undefined && { service }),
  });
}
