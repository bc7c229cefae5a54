/** Calls of pip. */
import { nameOf, operandsOf } from './runs.ts';
import { programIn, type ShellCommand, type ShellWord } from './shell.ts';

export interface PipInstall {
  /** The word `install`. */
  readonly verb: ShellWord;
  /** All that pip is given but the verb, in its order. */
  readonly given: readonly ShellWord[];
  /** Behind the verb. */
  readonly behind: readonly ShellWord[];
}

/** `pip install`, `python3 -m pip install`; undefined for all else, pipx, pipenv and uv included. */
export function pipInstallOf({ words }: ShellCommand): PipInstall | undefined {
  const given = givenToPip(programIn(words) ?? []);
  const [verb] = operandsOf(given, VALUED);
  if (verb?.text !== 'install') return undefined;
  const behind = given.slice(given.indexOf(verb) + 1);
  return { verb, given: given.filter((word) => word !== verb), behind };
}

function givenToPip([program, ...rest]: readonly ShellWord[]): readonly ShellWord[] {
  const name = nameOf(program);
  if (/^pip[\d.]*$/.test(name)) return rest;
  const isModule = rest[0]?.text === '-m' && rest[1]?.text === 'pip';
  return isModule && /^python[\d.]*$/.test(name) ? rest.slice(2) : [];
}

/** Of pip itself, in front of the verb. */
const VALUED =
  /^--(proxy|cert|client-cert|timeout|retries|log|cache-dir|trusted-host|python|exists-action)$/;
