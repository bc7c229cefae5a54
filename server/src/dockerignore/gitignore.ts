/** What one `.gitignore` file says of a path. */
import ignore from 'ignore';

/**
 * True where the file ignores the path (relative to its folder, with forward slashes), false where it takes it back, and
 * undefined where it says nothing. The path may be a folder that does not exist, so patterns for folders count too.
 */
export function saidOf(path: string, gitignore: string): boolean | undefined {
  const matcher = ignore().add(gitignore);
  for (const candidate of [path, `${path}/`]) {
    const { ignored, unignored } = matcher.test(candidate);
    if (ignored) return true;
    if (unignored) return false;
  }
  return undefined;
}
