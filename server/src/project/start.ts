/** What Compose knows before it reads a file of a project: env files, the process, and the profiles that they switch on. */
import { join, resolve } from 'node:path';
import { type Environment, type EnvironmentCache, environmentOf } from './environment.ts';
import type { FileFacts } from './files.ts';

export interface EnvironmentInputs {
  readonly facts: FileFacts;
  readonly cache: EnvironmentCache;
  /** The environment of the process; absent where a check must not depend on it. Ask with the same object again. */
  readonly process?: Readonly<Record<string, string | undefined>> | undefined;
  /** From the command line: absolute paths that take the place of `.env`. */
  readonly envFiles?: readonly string[] | undefined;
  readonly profiles?: readonly string[] | undefined;
}

/** Profiles of the command line take the place of those in COMPOSE_PROFILES. */
export function profilesOf(
  environment: Environment,
  { profiles = [] }: EnvironmentInputs,
): readonly string[] {
  if (profiles.length > 0) return profiles;
  const listed = environment.lookup('COMPOSE_PROFILES')?.value ?? '';
  return listed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** `.env` of the folder in which Compose is run goes before that of the folder in which the project lies. */
export function environmentOfProject(
  start: string,
  directory: string,
  request: EnvironmentInputs,
): Environment {
  const base = environmentIn(start, request);
  if (directory === start || explicitEnvFiles(start, request).length > 0) return base;
  const files = defaultEnvFile(directory, request);
  return files.length === 0 ? base : environmentOf({ base, files }, request.facts, request.cache);
}

/** Where an include has its project directory, and the env files that it names; undefined where it names none. */
interface IncludedIn {
  readonly directory: string;
  readonly envFiles: readonly string[] | undefined;
}

/**
 * The variables that hold in files that a project includes: its own, and where it says nothing those of the env files that
 * `include` names, or, where it names none, of `.env` in the folder of what is included. An empty list is one, too: then there are none.
 */
export function environmentOfInclude(
  base: Environment,
  { directory, envFiles }: IncludedIn,
  { facts, cache }: Pick<EnvironmentInputs, 'facts' | 'cache'>,
): Environment {
  const files = envFiles ?? defaultEnvFile(directory, { facts });
  return files.length === 0 ? base : environmentOf({ base, files }, facts, cache);
}

/** The variables that hold where Compose is started in a folder, before it knows any file but `.env`. */
export function environmentIn(directory: string, request: EnvironmentInputs): Environment {
  const explicit = explicitEnvFiles(directory, request);
  const files = explicit.length > 0 ? explicit : defaultEnvFile(directory, request);
  const { process, facts, cache } = request;
  return environmentOf({ process, defaults: { PWD: directory }, files }, facts, cache);
}

/** Only the process can say COMPOSE_ENV_FILES: it decides about `.env` before that is read. */
function explicitEnvFiles(
  directory: string,
  { envFiles = [], process }: EnvironmentInputs,
): readonly string[] {
  if (envFiles.length > 0) return envFiles;
  const listed = process?.['COMPOSE_ENV_FILES'] ?? '';
  return listed
    .split(',')
    .filter((path) => path !== '')
    .map((path) => resolve(directory, path));
}

function defaultEnvFile(
  directory: string,
  { process, facts }: Pick<EnvironmentInputs, 'process' | 'facts'>,
): readonly string[] {
  const isOff = /^(1|t|true)$/i.test(process?.['COMPOSE_DISABLE_ENV_FILE'] ?? '');
  const path = join(directory, '.env');
  return isOff || facts.kindOf(path) !== 'file' ? [] : [path];
}
