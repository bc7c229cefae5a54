/** Which files are left out: by `.gitignore` files in a walk, and by `ignores` in the configuration. */
import { isAbsolute, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { Settings } from '../config/settings.ts';

/** Says whether a file (absolute path) is left out by the settings' `ignores`. */
export function ignoredBy(settings: Settings): (path: string) => boolean {
  const { root, ignores } = settings;
  if (root === undefined || ignores.length === 0) return () => false;
  const matcher = ignore().add(ignores);
  return (path) => {
    const inside = pathInside(root, path);
    return inside !== undefined && inside !== '' && matcher.ignores(inside);
  };
}

/** `path` relative to `folder` with forward slashes, '' for the folder itself; undefined where it is not inside. */
export function pathInside(folder: string, path: string): string | undefined {
  const inside = relative(folder, path);
  if (isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`)) return undefined;
  return inside.split(sep).join('/');
}

/** A matcher that also knows the patterns of the .gitignore file of `folder` (relative to the base; '' is the base). */
export function withGitignore(outer: Ignore, folder: string, text: string): Ignore {
  return ignore()
    .add(outer)
    .add(text.split(/\r?\n/).map((line) => fromFolder(folder, line)));
}

/**
 * One pattern of a nested .gitignore, said from the base folder: git lets the last matching pattern decide, inner files
 * after outer ones, which one list in that order does exactly.
 */
function fromFolder(folder: string, line: string): string {
  if (folder === '' || line.trim() === '' || line.startsWith('#')) return line;
  const negated = line.startsWith('!');
  const pattern = negated ? line.slice(1) : line;
  const anchored = /\/(?=\S)/.test(pattern);
  const prefix = `/${folder.replace(/[\\*?[\]]/g, '\\$&')}/`;
  const moved = anchored ? prefix + pattern.replace(/^\//, '') : `${prefix}**/${pattern}`;
  return negated ? `!${moved}` : moved;
}
