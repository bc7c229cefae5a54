/** What Docker sends of a build context, and what each line of its ignore file keeps out: counted on the disk. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../core/finding.ts';
import { matcherOf, type Matcher, type Pattern } from '../dockerignore/patterns.ts';

/** Files, links among them, and their bytes. Folders and what is neither count for nothing. */
export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

export interface Entry extends Amount {
  /** Relative to the context, with forward slashes. */
  readonly path: string;
}

export interface KeptOut extends Amount {
  readonly pattern: Pattern;
}

export interface Measured {
  readonly sent: Amount;
  /** Files and folders of the upper two levels, the largest first; a folder counts where its own entries do not. */
  readonly largest: readonly Entry[];
  /** In the order of the lines; each file counts for the line that decides on it. Lines that take back are left out. */
  readonly keptOut: readonly KeptOut[];
  /** Absolute paths of folders that cannot be read. */
  readonly unreadable: readonly string[];
}

/** Looks at every file below `directory`; what is sent is what {@link Measured} says, the paths on request. */
export function measureContext(
  directory: string,
  patterns: readonly Pattern[],
  onSent?: (path: string) => void,
): Measured {
  const counting = countingFor(patterns, onSent);
  walk({ directory, path: '', by: undefined }, counting);
  const { sent, entries, keptOut, unreadable } = counting;
  return {
    sent,
    largest: [...entries]
      .map(([path, amount]) => ({ path, ...amount }))
      .sort((a, b) => b.bytes - a.bytes || compareText(a.path, b.path)),
    keptOut: patterns
      .filter(({ negated, problem }) => !negated && problem === undefined)
      .map((pattern) => ({ pattern, ...(keptOut.get(pattern) ?? nothing) })),
    unreadable,
  };
}

const nothing: Amount = { files: 0, bytes: 0 };

interface Counting {
  readonly matcher: Matcher;
  sent: Amount;
  readonly entries: Map<string, Amount>;
  readonly keptOut: Map<Pattern, Amount>;
  readonly unreadable: string[];
  readonly onSent: ((path: string) => void) | undefined;
}

function countingFor(patterns: readonly Pattern[], onSent: Counting['onSent']): Counting {
  return {
    matcher: matcherOf(patterns),
    sent: nothing,
    entries: new Map(),
    keptOut: new Map(),
    unreadable: [],
    onSent,
  };
}

/** A folder with the line that leaves out all of it; undefined where each entry has to be asked for. */
interface Folder {
  readonly directory: string;
  readonly path: string;
  readonly by: Pattern | undefined;
}

function walk({ directory, path, by }: Folder, counting: Counting): void {
  const { matcher } = counting;
  for (const entry of entriesOf(directory, counting)) {
    const inside = path === '' ? entry.name : `${path}/${entry.name}`;
    const decided = by ?? matcher.leftOutBy(inside);
    const whole = join(directory, entry.name);
    if (entry.isDirectory()) {
      // Where nothing is taken back, one answer is enough for all that lies below.
      const below = matcher.hasNegations ? undefined : decided;
      walk({ directory: whole, path: inside, by: below }, counting);
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      count(inside, sizeOf(whole), decided, counting);
    }
  }
}

function entriesOf(directory: string, { unreadable }: Counting): ReturnType<typeof listed> {
  try {
    return listed(directory);
  } catch {
    unreadable.push(directory);
    return [];
  }
}

const listed = (directory: string) => readdirSync(directory, { withFileTypes: true });

/** A file may go between being listed and being looked at. */
function sizeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function count(path: string, bytes: number, by: Pattern | undefined, counting: Counting): void {
  const one = { files: 1, bytes };
  if (by) {
    counting.keptOut.set(by, plus(counting.keptOut.get(by), one));
    return;
  }
  counting.sent = plus(counting.sent, one);
  const name = path.split('/').slice(0, 2).join('/');
  counting.entries.set(name, plus(counting.entries.get(name), one));
  counting.onSent?.(path);
}

const plus = (a: Amount = nothing, b: Amount): Amount => ({
  files: a.files + b.files,
  bytes: a.bytes + b.bytes,
});
