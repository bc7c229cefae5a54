/** Files that are meant to be missing from a repository: ignored by Git, or shown by an example beside them. */
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { saidOf } from '../dockerignore/gitignore.ts';
import type { FileFacts } from './files.ts';

/** How many folders upwards a `.gitignore` is looked for. */
const LEVELS = 10;

/** Whether somebody who clones the repository has to make this file, and can know it. */
export function isExpectedToBeMissing(path: string, files: FileFacts): boolean {
  return isGitIgnored(path, files) || hasExample(path, files);
}

export function isGitIgnored(path: string, files: FileFacts): boolean {
  let folder = dirname(path);
  for (let level = 0; level < LEVELS; level++) {
    const text = files.readText(join(folder, '.gitignore'));
    const said = text === undefined ? undefined : saidOf(below(folder, path), text);
    if (said !== undefined) return said;
    const parent = dirname(folder);
    if (parent === folder || files.kindOf(join(folder, '.git')) !== undefined) return false;
    folder = parent;
  }
  return false;
}

/** `db.txt.example`, `db.example.txt` and `example.db.txt` show what belongs into `db.txt`. */
function hasExample(path: string, files: FileFacts): boolean {
  const name = basename(path);
  const stem = name.replace(/(?!^)\.[^.]*$/, '');
  const extension = name.slice(stem.length);
  return files
    .list(dirname(path))
    .some((entry) =>
      EXAMPLE_WORDS.some(
        (word) =>
          entry.name === `${name}.${word}` ||
          entry.name === `${stem}.${word}${extension}` ||
          entry.name === `${word}.${name}` ||
          entry.name === `${word}${name}`,
      ),
    );
}

const EXAMPLE_WORDS = ['example', 'sample', 'dist', 'template', 'tmpl', 'default'];

/** Whether a Git submodule, which may not be checked out, belongs there. */
export function isSubmodule(path: string, files: FileFacts): boolean {
  let folder = dirname(path);
  for (let level = 0; level < LEVELS; level++) {
    const text = files.readText(join(folder, '.gitmodules'));
    if (text !== undefined) {
      const inside = below(folder, path);
      return Array.from(text.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)).some(
        ([, module = '']) => inside === module || inside.startsWith(`${module}/`),
      );
    }
    const parent = dirname(folder);
    if (parent === folder) return false;
    folder = parent;
  }
  return false;
}

/** Whether a path names a place of one host, so that nobody else can tell what is there. */
export function isOfHost(path: string, directory: string): boolean {
  if (/^(~|\\\\|[A-Za-z]:[\\/])/.test(path)) return true;
  // Of the home folder, where nobody knows which that is.
  return path.startsWith('/') && /^(\.\.|~)(\/|$)/.test(below(directory, path));
}

/** A path as a project that lies in `directory` means it. */
export function pathIn(directory: string, path: string): string {
  return resolve(directory, path);
}

/** The same for people: relative to the project where it lies inside. */
export function shownPath(directory: string, path: string): string {
  const inside = below(directory, path);
  return inside === '' ? '.' : inside.startsWith('..') ? path : inside;
}

function below(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}
