/** Which variables hold for a project, and where each of them is set. */
import type { Place, Source } from '../core/source.ts';
import type { DotenvFile, DotenvVariable } from '../dotenv/model.ts';
import { isTolerated } from '../dotenv/model.ts';
import { parseDotenv } from '../dotenv/parse.ts';
import type { FileFacts } from './files.ts';

export interface Environment {
  readonly lookup: (name: string) => Known | undefined;
  /** Every name that is set, once each. */
  readonly names: () => readonly string[];
  /** The env files that were read, in the order in which they are laid over each other. */
  readonly files: readonly DotenvFile[];
  readonly problems: readonly EnvironmentProblem[];
}

/** A variable that is set. */
export interface Known {
  readonly value: string;
  /** `default`: Compose sets it where nobody else does. */
  readonly from: 'process' | 'file' | 'default';
  /** The statement in the env file that sets it; undefined where none does. */
  readonly place: Place | undefined;
  /** Names in its value that nothing sets and that have no default, so that `value` is not what will count. */
  readonly open: readonly string[];
}

export interface EnvironmentProblem {
  readonly kind: DotenvFile['problems'][number]['kind'] | 'missing-file' | 'no-file' | 'format';
  readonly message: string;
  /** Absolute path of the env file that it is about. */
  readonly file: string;
  /** In the env file; undefined where there is nothing to read. */
  readonly place: Place | undefined;
  /** Whether Compose refuses the project for it. */
  readonly refused: boolean;
}

export interface EnvironmentRequest {
  /** Variables that hold already and win: those of a project for a file that it includes. */
  readonly base?: Environment | undefined;
  /** The environment of the process, which wins over files; absent where a check must not depend on it. */
  readonly process?: Readonly<Record<string, string | undefined>> | undefined;
  /** What Compose itself sets where the process does not. It wins over files. */
  readonly defaults?: Readonly<Record<string, string>> | undefined;
  /** Absolute paths; later ones win. All of them have to be there. */
  readonly files: readonly string[];
}

/** Remembers environments, so that the same texts give the same object; whoever asks again and again keeps one. */
export interface EnvironmentCache {
  readonly alone: Map<string, Remembered>;
  readonly onBase: WeakMap<Environment, Map<string, Remembered>>;
  readonly named: WeakMap<Environment, Map<string, Environment>>;
}

interface Remembered {
  readonly process: EnvironmentRequest['process'];
  readonly texts: readonly (string | undefined)[];
  readonly environment: Environment;
}

export function environmentCache(): EnvironmentCache {
  return { alone: new Map(), onBase: new WeakMap(), named: new WeakMap() };
}

/** Compose takes this path for “no file”. */
const NO_FILE = '/dev/null';

/**
 * The variables of a project. The same request for the same texts gives the same object again: `base` and `process` are
 * compared by identity, texts and defaults by what they say.
 */
export function environmentOf(
  request: EnvironmentRequest,
  facts: FileFacts,
  cache: EnvironmentCache,
): Environment {
  const paths = request.files.filter((path) => path !== NO_FILE);
  const texts = paths.map((path) => facts.readText(path));
  const key = [...paths, '', ...Object.entries(request.defaults ?? {}).flat()].join('\0');
  const remembered = rememberedFor(request.base, cache);
  const last = remembered.get(key);
  const isSame =
    last?.process === request.process && texts.every((text, index) => text === last?.texts[index]);
  if (last && isSame) return last.environment;
  const environment = build(request, paths, texts, facts);
  remembered.set(key, { process: request.process, texts, environment });
  return environment;
}

function rememberedFor(
  base: Environment | undefined,
  { alone, onBase }: EnvironmentCache,
): Map<string, Remembered> {
  if (base === undefined) return alone;
  const found = onBase.get(base) ?? new Map<string, Remembered>();
  onBase.set(base, found);
  return found;
}

function build(
  { base, process, defaults }: EnvironmentRequest,
  paths: readonly string[],
  texts: Remembered['texts'],
  facts: FileFacts,
): Environment {
  const fixed = new Map<string, Known>();
  for (const [name, value] of Object.entries(process ?? {}))
    if (value !== undefined) fixed.set(name, known(value, 'process'));
  for (const [name, value] of Object.entries(defaults ?? {}))
    if (!fixed.has(name)) fixed.set(name, known(value, 'default'));
  const above = (name: string): Known | undefined => base?.lookup(name) ?? fixed.get(name);

  const set = new Map<string, Known>();
  const files: DotenvFile[] = [];
  const problems: EnvironmentProblem[] = [];
  paths.forEach((path, index) => {
    const text = texts[index];
    if (text === undefined) {
      problems.push(unreadable(path, facts));
      return;
    }
    // Earlier files count as the environment does: they go before the lines of the file itself.
    const earlier = new Map(set);
    const file = parseDotenv(
      { file: path, text },
      (name) => (above(name) ?? earlier.get(name))?.value,
    );
    files.push(file);
    problems.push(...problemsOf(file));
    for (const variable of file.variables) {
      const value = knownOf(file.source, variable);
      if (value && variable.name !== '') set.set(variable.name, value);
    }
  });
  return finished({ base, above, own: [fixed, set], files, problems });
}

interface Parts {
  readonly base: Environment | undefined;
  readonly above: Environment['lookup'];
  readonly own: readonly [ReadonlyMap<string, Known>, ReadonlyMap<string, Known>];
  readonly files: readonly DotenvFile[];
  readonly problems: readonly EnvironmentProblem[];
}

function finished({ base, above, own: [fixed, set], files, problems }: Parts): Environment {
  return {
    lookup: (name) => above(name) ?? set.get(name),
    names: () => [...new Set([...(base?.names() ?? []), ...fixed.keys(), ...set.keys()])],
    files: [...(base?.files ?? []), ...files],
    problems: [...(base?.problems ?? []), ...problems],
  };
}

function known(value: string, from: Known['from']): Known {
  return { value, from, place: undefined, open: [] };
}

/** What a statement of an env file sets; undefined where it is a name alone that nobody sets. */
export function knownOf(source: Source, { value, span, open }: DotenvVariable): Known | undefined {
  return value === undefined ? undefined : { value, from: 'file', place: { source, span }, open };
}

/** What is wrong inside an env file that could be read. */
export function problemsOf({ source, problems }: DotenvFile): readonly EnvironmentProblem[] {
  return problems.map((problem) => ({
    kind: problem.kind,
    message: problem.message,
    file: source.file,
    place: { source, span: problem.span },
    refused: !isTolerated(problem),
  }));
}

/** Why an env file that is asked for gave no text. */
export function unreadable(file: string, facts: FileFacts): EnvironmentProblem {
  const kind = facts.kindOf(file);
  const why =
    kind === 'directory'
      ? 'is a directory'
      : kind === 'file'
        ? 'cannot be read as text'
        : 'does not exist';
  return {
    kind: kind === undefined ? 'missing-file' : 'no-file',
    message: `The env file ${file} ${why}, so Compose refuses the project. Create the file, or name another.`,
    file,
    place: undefined,
    refused: true,
  };
}

/**
 * An environment in which one variable is set by Compose itself, whoever else sets it: `COMPOSE_PROJECT_NAME` holds the
 * project's name for every text that is read after the name is known. The same again for the same value.
 */
export function withVariable(
  environment: Environment,
  name: string,
  value: string,
  { named }: EnvironmentCache,
): Environment {
  const before = environment.lookup(name);
  if (before?.value === value) return environment;
  const key = `${name}=${value}`;
  const made = named.get(environment) ?? new Map<string, Environment>();
  named.set(environment, made);
  const found = made.get(key) ?? overlaid(environment, name, known(value, 'default'));
  made.set(key, found);
  return found;
}

function overlaid(environment: Environment, name: string, value: Known): Environment {
  return {
    ...environment,
    lookup: (asked) => (asked === name ? value : environment.lookup(asked)),
    names: () => [...new Set([...environment.names(), name])],
  };
}
