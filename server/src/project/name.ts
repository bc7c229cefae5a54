/** What a Compose project is called, by Compose's rules. */
import { basename } from 'node:path';
import { interpolate } from '../core/interpolate.ts';
import type { Place } from '../core/source.ts';
import type { Environment } from './environment.ts';

export interface ProjectName {
  /** Empty where there is none: Compose refuses such a project. */
  readonly value: string;
  readonly from: 'option' | 'COMPOSE_PROJECT_NAME' | 'file' | 'directory';
  /** Where it is set; undefined where an option, the process or the directory says it. */
  readonly place: Place | undefined;
}

/** What a file says at its top-level `name`, variables not filled in. */
export interface WrittenName {
  readonly text: string;
  readonly place: Place | undefined;
}

export interface NameSources {
  /** From the command line. */
  readonly option?: string | undefined;
  readonly environment: Environment;
  /** In the order of the files; the last one counts, and empty ones do not. */
  readonly written: readonly WrittenName[];
  /** Absolute path. */
  readonly directory: string;
}

export interface NameResult {
  readonly name: ProjectName;
  /** Why Compose refuses it. */
  readonly problem: string | undefined;
}

/** Lower case, without characters that no name may hold, and without `-` and `_` in front. */
function normalisedName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

/**
 * An option goes before COMPOSE_PROJECT_NAME, that before `name` in files, and that before the directory. The first two
 * have to be right as they are; Compose makes the others right.
 */
export function projectNameOf(sources: NameSources): NameResult {
  const { option = '', environment, written, directory } = sources;
  if (option !== '') return asGiven({ value: option, from: 'option', place: undefined });
  const variable = environment.lookup('COMPOSE_PROJECT_NAME');
  if (variable !== undefined && variable.value !== '') {
    const { value, place } = variable;
    return asGiven({ value, from: 'COMPOSE_PROJECT_NAME', place });
  }
  const last = written.findLast(({ text }) => text !== '');
  if (last === undefined) {
    return madeRight({ value: basename(directory), from: 'directory', place: undefined });
  }
  const lookup = (name: string): string | undefined => environment.lookup(name)?.value;
  const value = interpolate(last.text, lookup)?.text ?? last.text;
  return madeRight({ value, from: 'file', place: last.place });
}

function asGiven(name: ProjectName): NameResult {
  if (name.value === normalisedName(name.value)) return { name, problem: undefined };
  const who = name.from === 'option' ? 'given' : 'in COMPOSE_PROJECT_NAME';
  const problem = `The project name ${who} is not one that Compose takes. Use lower-case letters, digits, - and _, and start with a letter or digit, as in ${normalisedName(name.value) || 'app'}.`;
  return { name, problem };
}

function madeRight(written: ProjectName): NameResult {
  const name = { ...written, value: normalisedName(written.value) };
  if (name.value !== '') return { name, problem: undefined };
  const what = name.from === 'file' ? 'name: in the file' : "the folder's name";
  const problem = `The project has no name: ${what} holds no letter or digit that Compose takes. Write name: followed by one that does.`;
  return { name, problem };
}
