/** Finds the Compose files and Dockerfiles of a folder, in an order that does not depend on the disk. */
import { readdirSync, statSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { compareText } from '../core/finding.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { languageOf } from '../project/language.ts';
import { pathInside, withGitignore } from './ignored.ts';
import { readErrorOf, readTextFile, type ReadError } from './read.ts';

/** What git has ignored so far: patterns relative to `base`, which is git's root or, outside of git, the walk's. */
interface Ignored {
  readonly base: string;
  readonly matcher: Ignore;
}

/**
 * Absolute paths of the files below `root` that are ours by name, and what could not be looked at. Left out are
 * `node_modules`, `.git` and what .gitignore files name, those above `root` included; a root that they name itself is
 * walked all the same, because somebody asked for it. Links to folders are not followed; links to files are files.
 */
export function* walk(root: string): Generator<Result<string, ReadError>> {
  yield* walkFolder(root, ignoredAbove(root), true);
}

function* walkFolder(
  folder: string,
  outer: Ignored,
  isRoot = false,
): Generator<Result<string, ReadError>> {
  const read = entriesOf(folder);
  if (!read.ok) {
    yield read;
    return;
  }
  const entries = read.value;
  // Docker makes an empty folder where a mounted file is missing; who has one believes that it is a file.
  if (entries.length === 0 && !isRoot && languageOf(folder)) {
    yield failed({ path: folder, kind: 'directory' });
  }
  const ignored = entries.some(({ name }) => name === '.gitignore')
    ? including(outer, folder)
    : outer;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (isOurFolder(path, entry, ignored)) yield* walkFolder(path, ignored);
    else if (isOurFile(path, entry, ignored)) yield ok(path);
  }
}

function entriesOf(folder: string): Result<readonly Dirent[], ReadError> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return ok(entries.sort((a, b) => compareText(a.name, b.name)));
  } catch (error) {
    return failed(readErrorOf(folder, error));
  }
}

function isOurFolder(path: string, entry: Dirent, ignored: Ignored): boolean {
  if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name === '.git') return false;
  return !ignores(ignored, path, '/');
}

function isOurFile(path: string, entry: Dirent, ignored: Ignored): boolean {
  if (entry.isDirectory() || !languageOf(entry.name)) return false;
  return !ignores(ignored, path, '') && isFile(path, entry);
}

/** Broken links count as files, so that reading them says what is wrong; pipes and links to folders do not. */
function isFile(path: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}

function ignores({ base, matcher }: Ignored, path: string, slash: '' | '/'): boolean {
  const inside = pathInside(base, path);
  return inside !== undefined && inside !== '' && matcher.ignores(inside + slash);
}

function including({ base, matcher }: Ignored, folder: string): Ignored {
  const read = readTextFile(join(folder, '.gitignore'));
  const inside = pathInside(base, folder);
  if (!read.ok || inside === undefined) return { base, matcher };
  return { base, matcher: withGitignore(matcher, inside, read.value) };
}

/** The patterns of the folders above `root`, up to the one that holds `.git`; none outside of git. */
function ignoredAbove(root: string): Ignored {
  const none: Ignored = { base: root, matcher: ignore() };
  const above: string[] = [];
  for (let folder = root; !holdsGit(folder); folder = dirname(folder)) {
    if (dirname(folder) === folder) return none;
    above.unshift(dirname(folder));
  }
  const base = above[0];
  if (base === undefined) return none;
  const ignored = above.reduce<Ignored>(including, { base, matcher: ignore() });
  return ignores(ignored, root, '/') ? none : ignored;
}

function holdsGit(folder: string): boolean {
  return statSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined;
}
