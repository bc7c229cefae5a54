/** What COPY and ADD take from a build context, looked up on the disk and in the ignore file. */
import { dirname, join, posix } from 'node:path';
import { copyOf } from '../dockerfile/copies.ts';
import type { Instruction } from '../dockerfile/model.ts';
import type { Word } from '../dockerfile/words.ts';
import { matcherOf, type Matcher, type Pattern, patternsIn } from '../dockerignore/patterns.ts';
import type { FileFacts } from './files.ts';

/** A build context as COPY sees it. */
export interface CopyContext {
  /** Absolute path of the folder. */
  readonly directory: string;
  readonly matcher: Matcher;
}

/** `ignoreFile` is an absolute path; without it everything is sent. */
export function copyContextOf(
  directory: string,
  ignoreFile: string | undefined,
  files: FileFacts,
): CopyContext {
  const text = ignoreFile === undefined ? undefined : files.readText(ignoreFile);
  return { directory, matcher: matcherOf(patternsIn(text ?? '')) };
}

/** A source that is known by what is written, with its path in the context. */
export interface CopySource {
  readonly word: Word;
  /** Relative, with forward slashes, cleaned; `.` for the context itself. */
  readonly path: string;
  /** It leads out of the context, where Docker does not follow. */
  readonly isOutside: boolean;
}

/** Sources of COPY and ADD in the context; none of other stages, addresses, heredocs, and what hangs on a variable. */
export function sourcesIn(instruction: Instruction): readonly CopySource[] {
  const copy = copyOf(instruction);
  if (!copy || copy.from) return [];
  return copy.sources.filter(({ text }) => !/^<<|:\/\/|^git@|[$\\]/.test(text)).map(sourceOf);
}

function sourceOf(word: Word): CopySource {
  const cleaned = posix.normalize(word.text.replace(/^\/+/, '') || '.').replace(/(?<=.)\/$/, '');
  return { word, path: cleaned, isOutside: cleaned === '..' || cleaned.startsWith('../') };
}

/** Absolute. */
export function pathOf({ path }: CopySource, { directory }: CopyContext): string {
  return join(directory, path);
}

/** How many folders upwards an image may be built from. */
const LEVELS = 4;

/** Whether a folder above the context has such a path: Dockerfiles often lie below the folder that they are built from. */
export function isSomewhereAbove(path: string, context: CopyContext, files: FileFacts): boolean {
  let { directory } = context;
  for (let level = 0; level < LEVELS; level++) {
    if (files.kindOf(join(directory, '.git')) !== undefined) return false;
    const parent = dirname(directory);
    if (parent === directory) return false;
    directory = parent;
    if (expanded(path, directory, files).length > 0) return true;
  }
  return false;
}

export type Found =
  | { readonly kind: 'sent' | 'missing' | 'unknown' }
  /** It is there, and a line of the ignore file keeps it out. */
  | { readonly kind: 'kept out'; readonly by: Pattern };

/** Whether anything of a source reaches the build. */
export function lookUp(path: string, { directory, matcher }: CopyContext, files: FileFacts): Found {
  if (path === '.') return { kind: 'sent' };
  const matches = expanded(path, directory, files);
  if (matches.length === 0) return { kind: 'missing' };
  const decided = matches.map((one) => matcher.leftOutBy(one));
  const [first] = decided;
  if (first === undefined || decided.includes(undefined)) return { kind: 'sent' };
  // Below a folder that is left out, a line may take something back.
  const isOpen =
    matcher.hasNegations &&
    matches.some((one) => files.kindOf(join(directory, one)) === 'directory');
  return isOpen ? { kind: 'unknown' } : { kind: 'kept out', by: first };
}

/** The paths that are there; several for wildcards, which match one folder each. */
function expanded(path: string, directory: string, files: FileFacts): readonly string[] {
  if (!/[*?[]/.test(path)) return files.kindOf(join(directory, path)) === undefined ? [] : [path];
  let found: readonly string[] = [''];
  for (const part of path.split('/')) {
    const expression = segmentOf(part);
    if (!expression) return [];
    found = found.flatMap((folder) =>
      files
        .list(join(directory, folder))
        .filter(({ name }) => expression.test(name))
        .map(({ name }) => (folder === '' ? name : `${folder}/${name}`)),
    );
  }
  return found;
}

/** By the rules of Go's filepath.Match. */
function segmentOf(part: string): RegExp | undefined {
  const source = part
    .replace(/[.+()|{}$]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}
