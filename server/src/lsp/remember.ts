/** A result that was computed from facts of files, and knows whether those facts are still the same. */
import type { FileEntry, FileFacts } from '../project/files.ts';

export interface Remembered<T> {
  readonly value: T;
  /**
   * Whether every question that was asked while computing gets the same answer now. This needs no word from a file
   * watcher, so it is right with clients that have none, and for files that nobody watches.
   */
  readonly holds: (facts: FileFacts) => boolean;
}

type Question = (facts: FileFacts) => boolean;

export function remember<T>(facts: FileFacts, compute: (facts: FileFacts) => T): Remembered<T> {
  const asked = new Map<string, Question>();
  const value = compute({
    readText: (path) => {
      const text = facts.readText(path);
      asked.set(`text ${path}`, (now) => now.readText(path) === text);
      return text;
    },
    kindOf: (path) => {
      const kind = facts.kindOf(path);
      asked.set(`kind ${path}`, (now) => now.kindOf(path) === kind);
      return kind;
    },
    list: (path) => {
      const entries = facts.list(path);
      const names = namesOf(entries);
      asked.set(`list ${path}`, (now) => namesOf(now.list(path)) === names);
      return entries;
    },
  });
  return { value, holds: (now) => [...asked.values()].every((isSame) => isSame(now)) };
}

function namesOf(entries: readonly FileEntry[]): string {
  return entries.map(({ name, kind }) => `${kind} ${name}`).join('\n');
}
