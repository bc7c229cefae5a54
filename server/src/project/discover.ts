/** Which files form a Compose project, found as Compose finds them. */
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import type { Place } from '../core/source.ts';
import { type Environment, type Known, withVariable } from './environment.ts';
import type { FileFacts } from './files.ts';
import {
  environmentIn,
  type EnvironmentInputs,
  environmentOfProject,
  profilesOf,
} from './start.ts';
import { type ProjectName, projectNameOf, type WrittenName } from './name.ts';

export interface ProjectFiles {
  /** Absolute path of the folder that relative paths start from. */
  readonly directory: string;
  /** Absolute paths, each laid over those before it. Only files that are there. */
  readonly files: readonly string[];
  readonly name: ProjectName;
  /** The profiles that are switched on. */
  readonly profiles: readonly string[];
  /** Holds COMPOSE_PROJECT_NAME, as it does for every text that Compose reads once the name is known. */
  readonly environment: Environment;
  /**
   * `default`: by the names of files; `COMPOSE_FILE`: by that variable; `fragment`: a file that is only a piece, and the
   * one that it is laid over; `alone`: the file that was asked for, and no other.
   */
  readonly reason: 'default' | 'COMPOSE_FILE' | 'fragment' | 'alone';
  /** Problems of `environment` are there, and not here again. */
  readonly problems: readonly DiscoveryProblem[];
}

export interface DiscoveryProblem {
  readonly kind: 'several-files' | 'several-overrides' | 'missing-file' | 'no-file' | 'name';
  readonly message: string;
  /** What says so; undefined where names of files do, or the process. */
  readonly place: Place | undefined;
  /** Whether Compose refuses the project for it. */
  readonly refused: boolean;
}

export interface DiscoveryRequest extends EnvironmentInputs {
  readonly projectName?: string | undefined;
  /** What a file says at its top-level `name`. */
  readonly writtenName: (path: string) => WrittenName | undefined;
  /** Whether a file can be run without another: a piece has services that say neither image nor build. */
  readonly isComplete: (path: string) => boolean;
  /** Whether a project reaches a file through `include` or `extends`; absent where nobody knows. */
  readonly reaches?: ((project: ProjectFiles, path: string) => boolean) | undefined;
}

/** The names under which Compose looks for a project, the first that is there counts. */
export const BASE_NAMES = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
] as const;

/** The names of what is laid over it unasked, again in the order in which Compose looks. */
export const OVERRIDE_NAMES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const;

/**
 * The project that Compose runs in a folder: what COMPOSE_FILE names, or the nearest base file, here or in a folder above,
 * with its override. Undefined where there is none.
 */
export function projectOfDirectory(
  directory: string,
  request: DiscoveryRequest,
): ProjectFiles | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = projectIn(folder, directory, request);
    if (found || dirname(folder) === folder) return found;
  }
}

/**
 * The project that a file belongs to: that of its folder where it is part of it; else, for a piece named like
 * `compose.prod.yaml`, the base file of its folder with it laid over; else the file alone. For a file that is no Compose
 * file, such as `.env`, it is that of its folder, and undefined where that has none.
 */
export function projectOfFile(path: string, request: DiscoveryRequest): ProjectFiles | undefined {
  const directory = dirname(path);
  const usual = projectIn(directory, directory, request);
  if (!/\.ya?ml$/i.test(path)) return usual;
  if (usual && (usual.files.includes(path) || request.reaches?.(usual, path))) return usual;
  const problems = besides(path, usual);
  const isPiece = isNamedLikePiece(path) && !request.isComplete(path);
  const base = isPiece ? baseFor(path, usual, request.facts) : [];
  return project([...base, path], directory, request, {
    reason: isPiece ? 'fragment' : 'alone',
    problems,
  });
}

/** A file as the only one of its project, whatever it is called and lies beside. */
export function projectAlone(path: string, request: DiscoveryRequest): ProjectFiles {
  return project([path], dirname(path), request, { reason: 'alone', problems: [] });
}

/** `compose.prod.yaml`, `docker-compose-dev.yml`, and the names of overrides. */
function isNamedLikePiece(path: string): boolean {
  return /^(docker-)?compose[._-].+\.ya?ml$/i.test(basename(path));
}

/** The file that a piece is laid over: one of the same family, `docker-compose` or `compose`, else the usual one. */
function baseFor(
  path: string,
  usual: ProjectFiles | undefined,
  facts: FileFacts,
): readonly string[] {
  const isLong = basename(path).startsWith('docker-');
  const family = BASE_NAMES.filter((name) => name.startsWith('docker-') === isLong)
    .map((name) => join(dirname(path), name))
    .find((name) => facts.kindOf(name) === 'file');
  const base = family ?? usual?.files[0];
  return base === undefined ? [] : [base];
}

/** That Compose passes over a file because of another beside it is worth a word at the file. */
function besides(path: string, usual: ProjectFiles | undefined): readonly DiscoveryProblem[] {
  const isBase = BASE_NAMES.some((name) => name === basename(path));
  const [first] = usual?.reason === 'default' ? usual.files : [];
  if (!isBase || first === undefined) return [];
  const message = `Compose does not read this file by itself: it takes ${basename(first)} beside it. Delete one of them, or name this one with -f.`;
  return [{ kind: 'several-files', message, place: undefined, refused: false }];
}

/** What Compose runs when it looks in a folder, on its way up from where it was started; env files are those there. */
function projectIn(
  folder: string,
  start: string,
  request: DiscoveryRequest,
): ProjectFiles | undefined {
  const named = folder === start ? environmentIn(start, request).lookup('COMPOSE_FILE') : undefined;
  return named ? byVariable(named, start, request) : byNames(folder, start, request);
}

function byVariable(named: Known, start: string, request: DiscoveryRequest): ProjectFiles {
  const environment = environmentIn(start, request);
  const separator = environment.lookup('COMPOSE_PATH_SEPARATOR')?.value;
  const paths = named.value.split(
    separator === undefined || separator === '' ? delimiter : separator,
  );
  const problems: DiscoveryProblem[] = [];
  const files = paths
    .map((path) => resolve(start, path))
    .filter((file, index) => {
      const problem = missing(paths[index] ?? '', request.facts.kindOf(file), named.place);
      if (problem) problems.push(problem);
      return !problem;
    });
  return project(files, start, request, { reason: 'COMPOSE_FILE', problems });
}

function missing(
  written: string,
  kind: ReturnType<FileFacts['kindOf']>,
  place: Place | undefined,
): DiscoveryProblem | undefined {
  if (kind === 'file') return undefined;
  if (written === '' || written === '-') {
    const message =
      written === ''
        ? 'COMPOSE_FILE holds an empty name, which Compose takes for the folder itself and refuses. Take the separator or the variable away.'
        : 'COMPOSE_FILE says -, so Compose reads the file from its input. Name a file to have it checked.';
    return { kind: 'no-file', message, place, refused: true };
  }
  const why = kind === undefined ? 'is not there' : 'is a folder';
  return {
    kind: kind === undefined ? 'missing-file' : 'no-file',
    message: `COMPOSE_FILE names ${written}, which ${why}, so Compose refuses the project. Paths start at the folder in which Compose is run.`,
    place,
    refused: true,
  };
}

function byNames(
  folder: string,
  start: string,
  request: DiscoveryRequest,
): ProjectFiles | undefined {
  const { facts } = request;
  const there = (names: readonly string[]): readonly string[] =>
    names.filter((name) => facts.kindOf(join(folder, name)) !== undefined);
  const bases = there(BASE_NAMES);
  const [base] = bases;
  if (base === undefined) return undefined;
  const overrides = there(OVERRIDE_NAMES);
  const problems = [
    ...several('several-files', bases, 'Compose files'),
    ...several('several-overrides', overrides, 'override files'),
  ];
  const files = [base, ...overrides.slice(0, 1)].filter((name) => {
    const isFile = facts.kindOf(join(folder, name)) === 'file';
    if (!isFile) problems.push(folderInstead(name));
    return isFile;
  });
  return project(
    files.map((name) => join(folder, name)),
    start,
    request,
    { reason: 'default', problems, directory: folder },
  );
}

function several(
  kind: DiscoveryProblem['kind'],
  names: readonly string[],
  what: string,
): readonly DiscoveryProblem[] {
  if (names.length < 2) return [];
  const message = `There are several ${what} here, and Compose reads ${names[0] ?? ''} alone, not ${names.slice(1).join(', ')}. Keep one, or name them all with -f or COMPOSE_FILE.`;
  return [{ kind, message, place: undefined, refused: false }];
}

function folderInstead(name: string): DiscoveryProblem {
  const message = `${name} is a folder where Compose looks for a file, so it refuses the project. Rename the folder.`;
  return { kind: 'no-file', message, place: undefined, refused: true };
}

interface Found extends Pick<ProjectFiles, 'reason' | 'problems'> {
  /** Where the files lie, if that is not where the first of them does. */
  readonly directory?: string;
}

/** Puts together what is known of files; the project lies where the first of them does. */
function project(
  files: readonly string[],
  start: string,
  request: DiscoveryRequest,
  found: Found,
): ProjectFiles {
  const first = files[0];
  const directory = found.directory ?? (first === undefined ? start : dirname(first));
  const environment = environmentOfProject(start, directory, request);
  const { name, problem } = projectNameOf({
    option: request.projectName,
    environment,
    written: files.flatMap((file) => request.writtenName(file) ?? []),
    directory,
  });
  const refusal: readonly DiscoveryProblem[] =
    problem === undefined
      ? []
      : [{ kind: 'name', message: problem, place: name.place, refused: true }];
  return {
    directory,
    files,
    name,
    profiles: profilesOf(environment, request),
    environment: withVariable(environment, 'COMPOSE_PROJECT_NAME', name.value, request.cache),
    reason: found.reason,
    problems: [...found.problems, ...refusal],
  };
}
