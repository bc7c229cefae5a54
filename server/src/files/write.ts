/** Writes a file so that it is either the old one or the whole new one, and never a file outside of the tree. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { failed, ok, type Result } from '../core/result.ts';
import { pathInside } from './ignored.ts';
import { codeOf, readTextFile } from './read.ts';

export type WriteError = { readonly path: string } & (
  | { readonly kind: 'outside'; readonly target: string; readonly root: string }
  | { readonly kind: 'changed' | 'exists' | 'missing' | 'permission' | 'full' }
  | { readonly kind: 'other'; readonly code: string }
);

interface WriteOptions {
  /** The tree: what symbolic links lead to has to be inside of it. */
  readonly root: string;
  /** The text that was read; a file that is different by now is left alone. */
  readonly expected?: string;
}

/**
 * Replaces an existing file, keeping its mode and, where permitted, its owner. A symbolic link inside of the tree stays
 * one: its target is written. On failure the file is as it was, and no temporary file is left.
 */
export function writeAtomic(
  path: string,
  text: string,
  options: WriteOptions,
): Result<void, WriteError> {
  return attempt(path, () => {
    const target = realpathSync(path);
    const stranger = outside(path, target, options.root);
    if (stranger) return failed(stranger);
    // A rename asks only for the folder's permission; a file that is read-only says that it should stay as it is.
    closeSync(openSync(target, constants.O_RDWR));
    const facts = statSync(target);
    const temporary = writeBeside(target, text, facts);
    return orRemove(temporary, () => {
      if (options.expected !== undefined && !stillSays(target, options.expected)) {
        unlinkSync(temporary);
        return failed({ path, kind: 'changed' });
      }
      renameSync(temporary, target);
      syncFolder(dirname(target));
      return ok(undefined);
    });
  });
}

/** Creates a file that does not exist yet; whatever has its name, even a broken link, is left alone. */
export function createAtomic(
  path: string,
  text: string,
  options: { readonly root: string },
): Result<void, WriteError> {
  return attempt(path, () => {
    const target = join(realpathSync(dirname(path)), basename(path));
    const stranger = outside(path, target, options.root);
    if (stranger) return failed(stranger);
    if (lstatSync(target, { throwIfNoEntry: false })) return failed({ path, kind: 'exists' });
    const temporary = writeBeside(target, text);
    return orRemove(temporary, () => {
      linkOrCopy(temporary, target);
      unlinkSync(temporary);
      syncFolder(dirname(target));
      return ok(undefined);
    });
  });
}

/** What happened and what to do, without the path. */
export function describeWriteError(error: WriteError): string {
  switch (error.kind) {
    case 'outside':
      return `Not written: it leads to ${error.target}, which is outside of ${error.root}. Fix that file itself, by its own name.`;
    case 'changed':
      return 'Not written: somebody changed it in the meantime. Run the command again.';
    case 'exists':
      return 'Not created: there is something of that name already.';
    case 'missing':
      return 'Not written: its folder or the file itself is gone.';
    case 'permission':
      return 'Not written: writing is not permitted. Change the permissions of the file and its folder, or run as another user.';
    case 'full':
      return 'Not written: the disk is full. The file is as it was.';
    case 'other':
      return `Not written (${error.code}). The file is as it was.`;
  }
}

function outside(path: string, target: string, root: string): WriteError | undefined {
  return pathInside(realpathSync(root), target) === undefined
    ? { path, kind: 'outside', target, root }
    : undefined;
}

function stillSays(path: string, expected: string): boolean {
  const now = readTextFile(path);
  return now.ok && now.value === expected;
}

interface Owned {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** In the same folder, because a rename is atomic only within one file system. */
function writeBeside(target: string, text: string, like?: Owned): string {
  const temporary = join(
    dirname(target),
    `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  const descriptor = openSync(temporary, 'wx', like ? 0o600 : 0o666);
  orRemove(temporary, () => {
    try {
      writeFileSync(descriptor, text, 'utf8');
      if (like) takeAfter(descriptor, like);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
  return temporary;
}

function takeAfter(descriptor: number, { mode, uid, gid }: Owned): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Only root may give files away; a file of another owner then becomes ours, as with every editor that saves this way.
  }
  fchmodSync(descriptor, mode & 0o7777);
}

/** A hard link fails when the name is taken, which a rename would not; some file systems have no hard links. */
function linkOrCopy(temporary: string, target: string): void {
  try {
    linkSync(temporary, target);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    copyFileSync(temporary, target, constants.COPYFILE_EXCL);
  }
}

/** The rename itself has to reach the disk too; where folders cannot be opened (Windows), the system sees to it. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, constants.O_RDONLY);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The content is safe already; a crash right now could only bring back the old file, whole.
  }
}

function orRemove<T>(temporary: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function attempt(path: string, work: () => Result<void, WriteError>): Result<void, WriteError> {
  try {
    return work();
  } catch (error) {
    return failed(writeErrorOf(path, codeOf(error)));
  }
}

function writeErrorOf(path: string, code: string): WriteError {
  switch (code) {
    case 'EEXIST':
      return { path, kind: 'exists' };
    case 'ENOENT':
    case 'ENOTDIR':
      return { path, kind: 'missing' };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { path, kind: 'permission' };
    case 'ENOSPC':
    case 'EDQUOT':
      return { path, kind: 'full' };
    default:
      return { path, kind: 'other', code };
  }
}
