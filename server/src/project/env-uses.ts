/** Who reads an env file: the Compose files around it, the services that get it whole, and other programs. */
import { basename, dirname, join } from 'node:path';
import { type Located, parseFile } from '../compose/file.ts';
import { variablesIn } from '../core/interpolate.ts';
import { projectMemo, type ProjectPorts, readingOf, requestOf } from './compose-project.ts';
import { projectOfDirectory } from './discover.ts';
import { EXAMPLE_NAMES } from './env-example.ts';
import type { FileFacts } from './files.ts';
import { languageOf } from './language.ts';

export interface EnvFileUse {
  /** `own`: Compose reads it by itself; `example`: it shows what belongs into that; `other`: somebody names it. */
  readonly kind: 'own' | 'example' | 'other';
  /** A service or another program gets all of it, so that nobody can tell what is used. */
  readonly isHandedOver: boolean;
  /** Whether a name stands in any file that may use it. Looks at files until it is found. */
  readonly isUsed: (name: string) => boolean;
  /** Names that Compose files take without a default, in the order of the files. */
  readonly required: () => readonly string[];
  /** Somebody asks for its lines as they are, without quotes and variables. */
  readonly isRaw: boolean;
  /** The text of the example beside it, or of `.env` beside an example. */
  readonly counterpart: string | undefined;
  /** For what it says of the project itself, Compose refuses that: its name, and which files it consists of. */
  readonly refusals: () => readonly Located[];
}

/** Undefined where no Compose file reads it. */
export function useOfEnvFile(path: string, files: FileFacts): EnvFileUse | undefined {
  const name = basename(path);
  const kind = name === '.env' ? 'own' : isExample(name) ? 'example' : 'other';
  const folder = dirname(path);
  const texts = composeTexts(folder, files);
  const readers = kind === 'other' ? namersOf(name, folder, files) : texts;
  if (readers.length === 0) return undefined;
  const named = kind === 'example' ? '.env' : name;
  return {
    kind,
    isHandedOver: hasProgram(folder, files) || readers.some((text) => hands(text, named)),
    isRaw: kind === 'other' && readers.some((text) => /format:[ \t]*["']?raw\b/.test(text)),
    isUsed: (variable) =>
      texts.some((text) => hasName(text, variable)) ||
      envFilesIn(folder, files).some((text) => refersTo(text, variable)) ||
      othersIn(folder, files).some((other) => hasName(files.readText(other) ?? '', variable)),
    required: () => [...new Set(texts.flatMap(requiredIn))],
    counterpart: counterpartOf(kind, folder, files),
    refusals: () => (kind === 'own' ? refusalsOf(path, files) : []),
  };
}

function refusalsOf(path: string, facts: FileFacts): readonly Located[] {
  const parse: ProjectPorts['parse'] = (file, text) => parseFile(file, text);
  const request = requestOf(readingOf(undefined, { facts, parse }, projectMemo()));
  const problems = projectOfDirectory(dirname(path), request)?.problems ?? [];
  return problems.flatMap(({ refused, message, place }) =>
    refused && place?.source.file === path ? [{ message, ...place }] : [],
  );
}

const isExample = (name: string): boolean => EXAMPLE_NAMES.some((example) => example === name);

function counterpartOf(
  kind: EnvFileUse['kind'],
  folder: string,
  files: FileFacts,
): string | undefined {
  if (kind === 'other') return undefined;
  const names = kind === 'own' ? EXAMPLE_NAMES : ['.env'];
  for (const name of names) {
    const text = files.readText(join(folder, name));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The Compose files of a folder, and those that they name, below it or beside it. */
function composeTexts(folder: string, files: FileFacts): readonly string[] {
  const texts = new Map<string, string>();
  const wanted = files
    .list(folder)
    .filter(({ kind, name }) => kind === 'file' && languageOf(name) === 'compose')
    .map(({ name }) => join(folder, name));
  for (const path of wanted) {
    const text = texts.has(path) ? undefined : files.readText(path);
    if (text === undefined) continue;
    texts.set(path, text);
    // Growing while it is read: what is included may include.
    wanted.push(...namedIn(text).map((name) => join(dirname(path), name)));
  }
  return [...texts.values()];
}

function namedIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/[\w./-]+\.ya?ml\b/g), ([name]) => name);
}

/** How many folders upwards a project is looked for that names an env file. */
const LEVELS = 3;

function namersOf(name: string, folder: string, files: FileFacts): readonly string[] {
  let here = folder;
  for (let level = 0; level < LEVELS; level++) {
    const namers = composeTexts(here, files).filter((text) => text.includes(name));
    if (namers.length > 0 || dirname(here) === here) return namers;
    here = dirname(here);
  }
  return [];
}

/** `env_file: .env`, `- ./.env`, `path: .env`. */
function hands(text: string, name: string): boolean {
  if (!text.includes('env_file')) return false;
  const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `(env_file:|- |path:|\\[|,)[ \\t]*["']?(\\./)?([\\w./-]*/)?${pattern}["']?[ \\t]*(\\]|,|#|\\r?$)`,
    'm',
  ).test(text);
}

function hasName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/\w/.test(text.charAt(at - 1) + text.charAt(at + name.length))) return true;
  return false;
}

/** Beside these a program lies that reads `.env` itself. */
const PROGRAMS =
  /^(package\.json|composer\.json|Gemfile|manage\.py|pyproject\.toml|requirements\.txt|go\.mod|Cargo\.toml|mix\.exs|pom\.xml)$/;

const hasProgram = (folder: string, files: FileFacts): boolean =>
  files.list(folder).some(({ name }) => PROGRAMS.test(name));

/** Larger files are data. */
const MOST_FILES = 200;

const FOLDERS = ['scripts', 'script', 'bin', 'docker', 'config', 'deploy', '.github/workflows'];

/** Files in which a person looks for a name: of the folder itself, and where scripts and configuration are kept. */
function othersIn(folder: string, files: FileFacts): readonly string[] {
  return [folder, ...FOLDERS.map((name) => join(folder, name))]
    .flatMap((place) =>
      files
        .list(place)
        .filter(({ kind, name }) => kind === 'file' && languageOf(name) !== 'dotenv')
        .map(({ name }) => join(place, name)),
    )
    .slice(0, MOST_FILES);
}

/** Env files of services, which may take a value over. */
function envFilesIn(folder: string, files: FileFacts): readonly string[] {
  return files
    .list(folder)
    .filter(({ kind, name }) => kind === 'file' && languageOf(name) === 'dotenv')
    .flatMap(({ name }) => files.readText(join(folder, name)) ?? []);
}

const refersTo = (text: string, name: string): boolean =>
  text.includes(`\${${name}`) || (text.includes(`$${name}`) && hasName(text, name));

/** Variables without a default, but for those that the same text sets in a container, and those that every shell has. */
function requiredIn(text: string): readonly string[] {
  const code = text.replace(/^[ \t]*#.*$/gm, '');
  return variablesIn(code)
    .filter(({ operator }) => operator === '' || operator.endsWith('?'))
    .filter(({ span }) => code[span.start + 1] === '{')
    .map(({ name }) => name)
    .filter((name) => !OUTSIDE.test(name) && !isSetIn(code, name));
}

const isSetIn = (code: string, name: string): boolean =>
  new RegExp(`^[ \\t]*(-[ \\t]+)?["']?${name}["']?[ \\t]*[:=]`, 'm').test(code);

/** What a shell, a pipeline or Compose itself sets. */
export const OUTSIDE =
  /^(PWD|HOME|USER|USERNAME|LOGNAME|UID|GID|EUID|HOSTNAME|PATH|TZ|LANG|SHELL|TERM|DISPLAY|WAYLAND_DISPLAY|SSH_AUTH_SOCK|TMPDIR|TEMP|APPDATA|LOCALAPPDATA|USERPROFILE|CI)$|^(COMPOSE|DOCKER|CI|GITHUB|GITLAB|GIT|XDG|JENKINS|BUILDKITE|CIRCLE|TRAVIS|DRONE)_/;
