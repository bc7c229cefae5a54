/** What the command line names → the files to work on, and what is wrong with the rest. */
import { statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { compareText } from '../core/finding.ts';
import { failed, ok, type Result } from '../core/result.ts';
import type { Position } from '../core/span.ts';
import { pathInside } from '../files/ignored.ts';
import { describeReadError, readErrorOf } from '../files/read.ts';
import { walk } from '../files/walk.ts';
import { printable } from './terminal.ts';
import { languageOf, type Language } from '../project/language.ts';

/** Something that could not be checked. */
export interface InputError {
  /** Absolute path. */
  readonly path: string;
  readonly message: string;
  /** Where in the file; absent where it is about the whole file. */
  readonly position?: Position;
}

/** A file to work on. */
export interface Target {
  /** Absolute path. */
  readonly path: string;
  readonly language: Language;
  /** The folder that somebody named; what is outside of it is not written through links. */
  readonly tree: string;
  /** Whether somebody named the file itself, and not a folder above it. */
  readonly named: boolean;
}

interface Targets {
  /** Sorted by the name they are shown with, each file once. */
  readonly targets: readonly Target[];
  readonly errors: readonly InputError[];
  /** Absolute paths of the folders in which nothing was found, good or bad. */
  readonly empty: readonly string[];
}

/** How files are recognised, for people who named one that is not. */
export const RECOGNISED =
  'Compose files are recognised by the names compose.yaml, compose.*.yaml and *docker*compose*.yaml (or .yml), ' +
  'Dockerfiles by Dockerfile, Dockerfile.*, *.dockerfile and the same with Containerfile, ' +
  'env files by .env, .env.* and *.env. ' +
  'To check it all the same: --stdin --stdin-filename NAME < FILE.';

/** Relative to the current folder, with forward slashes; absolute where it is outside of it. */
export function shownPath(cwd: string, path: string): string {
  return pathInside(cwd, path) ?? path.split(sep).join('/');
}

/** The message with its place, if it has one: `3:5: …`, counted from one. */
export function errorText({ message, position }: InputError): string {
  return position ? `${position.line + 1}:${position.character + 1}: ${message}` : message;
}

/** As a line for people: `file: message` or `file:3:5: message`. */
export function errorLine(error: InputError, cwd: string): string {
  const separator = error.position ? ':' : ': ';
  return `${printable(`${shownPath(cwd, error.path)}${separator}${errorText(error)}`)}\n`;
}

export function findTargets(operands: readonly string[], cwd: string): Targets {
  const targets = new Map<string, Target>();
  const errors: InputError[] = [];
  const empty: string[] = [];
  for (const operand of operands.length === 0 ? ['.'] : operands) {
    const path = resolve(cwd, operand);
    const all = targetsOf(path);
    if (all.length === 0) empty.push(path);
    for (const found of all) {
      if (!found.ok) errors.push(found.error);
      else if (!targets.has(found.value.path)) targets.set(found.value.path, found.value);
    }
  }
  return {
    targets: [...targets.values()].sort((a, b) =>
      compareText(shownPath(cwd, a.path), shownPath(cwd, b.path)),
    ),
    errors,
    empty,
  };
}

function targetsOf(path: string): readonly Result<Target, InputError>[] {
  let isDirectory: boolean;
  try {
    isDirectory = statSync(path).isDirectory();
  } catch (error) {
    return [failed({ path, message: describeReadError(readErrorOf(path, error)) })];
  }
  if (!isDirectory) return [namedFile(path)];
  const found = Array.from(walk(path), (entry): Result<Target, InputError> => {
    if (!entry.ok)
      return failed({ path: entry.error.path, message: describeReadError(entry.error) });
    return targetOf(entry.value, path, false);
  });
  const isMistaken = found.length === 0 && languageOf(path) !== undefined;
  return isMistaken
    ? [failed({ path, message: describeReadError({ path, kind: 'directory' }) })]
    : found;
}

const namedFile = (path: string): Result<Target, InputError> => targetOf(path, dirname(path), true);

function targetOf(path: string, tree: string, named: boolean): Result<Target, InputError> {
  const language = languageOf(path);
  if (!language) {
    return failed({
      path,
      message: `This is neither a Compose file nor a Dockerfile nor an env file by its name. ${RECOGNISED}`,
    });
  }
  return ok({ path, language, tree, named });
}
