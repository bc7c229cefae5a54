/** `env_file:` of a service: which variables its container gets from files. */
import type { Lookup } from '../core/interpolate.ts';
import type { Source } from '../core/source.ts';
import type { DotenvFile } from '../dotenv/model.ts';
import { parseDotenv } from '../dotenv/parse.ts';
import { parseRaw } from '../dotenv/raw.ts';
import {
  type Environment,
  type EnvironmentProblem,
  type Known,
  knownOf,
  problemsOf,
  unreadable,
} from './environment.ts';
import type { FileFacts } from './files.ts';

/** One entry of `env_file:`. */
export interface EnvFileEntry {
  /** Absolute. */
  readonly path: string;
  /** Without it a file that is not there is passed over. */
  readonly required: boolean;
  /** `raw`, or undefined for Compose's own format. */
  readonly format: string | undefined;
}

export interface EnvFileRequest {
  /** In the order of the list; later ones win. */
  readonly entries: readonly EnvFileEntry[];
  /** The project's: its variables fill in values, and go before everything else there. */
  readonly environment: Environment;
  /** What the service's own `environment:` sets. It does not become part of the result, but values may name it. */
  readonly own: Lookup;
}

export interface EnvFileResult {
  /** In the order in which names are first set. `environment:` of the service goes before all of them. */
  readonly variables: ReadonlyMap<string, Known>;
  /** The files that were read. */
  readonly files: readonly DotenvFile[];
  readonly problems: readonly EnvFileProblem[];
}

/** `entry` is the index of the entry that is to blame. */
export interface EnvFileProblem extends EnvironmentProblem {
  readonly entry: number;
}

/** What was made of requests, so that the same one with the same texts gives the same object. */
export type EnvFileCache = WeakMap<EnvFileRequest, Remembered>;

interface Remembered {
  readonly texts: readonly (string | undefined)[];
  readonly result: EnvFileResult;
}

/**
 * Lays the env files of a service over each other as Compose does now: a value may name variables of the project,
 * then of the service's `environment:`, then of the lines before, then of the files before. Older ones, 2.26
 * for instance, ask the files before first, and `environment:` never.
 */
export function envFileVariables(
  request: EnvFileRequest,
  facts: FileFacts,
  cache: EnvFileCache,
): EnvFileResult {
  const texts = request.entries.map(({ path }) =>
    path === '/dev/null' ? '' : facts.readText(path),
  );
  const last = cache.get(request);
  if (last && texts.every((text, index) => text === last.texts[index])) return last.result;
  const result = layered(request, texts, facts);
  cache.set(request, { texts, result });
  return result;
}

function layered(
  { entries, environment, own }: EnvFileRequest,
  texts: Remembered['texts'],
  facts: FileFacts,
): EnvFileResult {
  const variables = new Map<string, Known>();
  const files: DotenvFile[] = [];
  const problems: EnvFileProblem[] = [];
  const lookups: Lookups = {
    outside: (name) => environment.lookup(name)?.value ?? own(name),
    before: (name) => variables.get(name)?.value,
  };
  entries.forEach((entry, index) => {
    const text = texts[index];
    if (text === undefined) {
      const isPassedOver = !entry.required && facts.kindOf(entry.path) === undefined;
      if (!isPassedOver) problems.push({ ...unreadable(entry.path, facts), entry: index });
      return;
    }
    const file = readAs(entry, { file: entry.path, text }, lookups);
    if (file === undefined) {
      problems.push({ ...unknownFormat(entry), entry: index });
      return;
    }
    files.push(file);
    problems.push(...problemsOf(file).map((problem) => ({ ...problem, entry: index })));
    for (const variable of file.variables) {
      const value = knownOf(file.source, variable);
      if (value) variables.set(variable.name, value);
    }
  });
  return { variables, files, problems };
}

interface Lookups {
  readonly outside: Lookup;
  readonly before: Lookup;
}

function readAs(
  { format = '' }: EnvFileEntry,
  source: Source,
  { outside, before }: Lookups,
): DotenvFile | undefined {
  if (format === 'raw') return parseRaw(source, outside);
  return format === '' ? parseDotenv(source, outside, before) : undefined;
}

function unknownFormat({ path, format = '' }: EnvFileEntry): EnvironmentProblem {
  return {
    kind: 'format',
    message: `Compose knows no env_file format ${format}, so it refuses the project. Write raw, or leave format out.`,
    file: path,
    place: undefined,
    refused: true,
  };
}
