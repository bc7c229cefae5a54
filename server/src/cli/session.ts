/** What one run of `check` or `fix` goes through: the files that it is about, with their text and settings. */
import { readTextFile, describeReadError, withoutByteOrderMark } from '../files/read.ts';
import type { Settings } from '../config/settings.ts';
import type { FileFacts } from '../project/files.ts';
import { errorLine, findTargets, shownPath, type InputError, type Target } from './input.ts';
import { exitCodes, type ExitCode, type Io } from './io.ts';
import type { Selected } from './options.ts';
import { printable } from './terminal.ts';
import { settingsSource } from './settings.ts';

export interface OpenFile extends Target {
  /** As on the disk, a byte order mark included. */
  readonly original: string;
  /** Without a byte order mark, so that positions are those of an editor. */
  readonly text: string;
  readonly settings: Settings;
}

export interface Session {
  readonly facts: FileFacts;
  readonly errors: readonly InputError[];
  /** Notes something that could not be done, and says it to people at once. */
  readonly fail: (error: InputError) => void;
  /** The files that operands name; those that name none are told. */
  readonly targets: (operands: readonly string[]) => readonly Target[];
  /** A file with its text and settings; undefined where it is left out, or cannot be opened, which is told. */
  readonly open: (target: Target) => OpenFile | undefined;
  /** The files one after the other; what cannot be opened is told, and left out. */
  readonly files: (operands: readonly string[]) => AsyncGenerator<OpenFile>;
  /** Settings for a path; undefined where its configuration is broken (told once) or leaves it out. */
  readonly settingsOf: (path: string, named: boolean) => Settings | undefined;
}

export function startSession(selected: Selected, facts: FileFacts, io: Io): Session {
  const errors: InputError[] = [];
  const told = new Set<readonly InputError[]>();
  const source = settingsSource(selected, facts, io.cwd);

  const fail = (error: InputError): void => {
    errors.push(error);
    io.err(errorLine(error, io.cwd));
  };
  const settingsOf = (path: string, named: boolean): Settings | undefined => {
    const found = source.of(path);
    if (!found.ok) {
      if (!told.has(found.error)) found.error.forEach(fail);
      told.add(found.error);
      return undefined;
    }
    const { settings, isIgnored } = found.value;
    if (!isIgnored(path)) return settings;
    if (named)
      io.err(
        `${shownPath(io.cwd, path)}: left out, because \`ignores\` in the configuration says so.\n`,
      );
    return undefined;
  };
  const targets = (operands: readonly string[]): readonly Target[] => {
    const found = findTargets(operands, io.cwd);
    found.errors.forEach(fail);
    for (const folder of found.empty) {
      const where = folder === io.cwd ? 'here' : `in ${printable(shownPath(io.cwd, folder))}`;
      io.err(`There are no Compose files or Dockerfiles ${where}.\n`);
    }
    return found.targets;
  };
  const open = (target: Target): OpenFile | undefined => {
    const settings = settingsOf(target.path, target.named);
    if (!settings) return undefined;
    const read = readTextFile(target.path);
    if (read.ok)
      return { ...target, settings, original: read.value, text: withoutByteOrderMark(read.value) };
    fail({ path: target.path, message: describeReadError(read.error) });
    return undefined;
  };
  async function* files(operands: readonly string[]): AsyncGenerator<OpenFile> {
    for (const target of targets(operands)) {
      await io.pause();
      const file = open(target);
      if (file) yield file;
    }
  }
  return { facts, errors, fail, files, targets, open, settingsOf };
}

/** The worst that happened decides. */
export function exitCodeOf(happened: {
  readonly crashed: boolean;
  readonly failed: boolean;
  readonly found: boolean;
}): ExitCode {
  if (happened.crashed) return exitCodes.bug;
  if (happened.failed) return exitCodes.input;
  return happened.found ? exitCodes.findings : exitCodes.clean;
}
