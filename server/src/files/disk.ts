/** The disk behind the port for file facts, and unsaved texts in front of it. */
import { readdirSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compareText } from '../core/finding.ts';
import type { FileEntry, FileFacts } from '../project/files.ts';
import { readTextFile, withoutByteOrderMark } from './read.ts';

/** Facts of the disk as it is at the moment of each question; nothing is kept. */
export function diskFacts(): FileFacts {
  return { readText, kindOf, list, stampOf };
}

/** `texts` (absolute path → text) win over what `facts` says; they count as files, whether they exist there or not. */
export function overlay(facts: FileFacts, texts: ReadonlyMap<string, string>): FileFacts {
  const { stampOf: below } = facts;
  const stampOf = (path: string): string | undefined => {
    const open = [...texts.keys()].filter((file) => dirname(file) === path);
    const stamp = below?.(path);
    return open.length === 0 ? stamp : [stamp ?? '', ...open].join('\n');
  };
  return {
    ...(below && { stampOf }),
    readText: (path) => texts.get(path) ?? facts.readText(path),
    kindOf: (path) => (texts.has(path) ? 'file' : facts.kindOf(path)),
    list: (path) => {
      const entries = new Map(facts.list(path).map((entry) => [entry.name, entry]));
      for (const file of texts.keys()) {
        if (dirname(file) === path)
          entries.set(basename(file), { name: basename(file), kind: 'file' });
      }
      return [...entries.values()].sort((a, b) => compareText(a.name, b.name));
    },
  };
}

function readText(path: string): string | undefined {
  const read = readTextFile(path);
  return read.ok ? withoutByteOrderMark(read.value) : undefined;
}

function kindOf(path: string): 'file' | 'directory' | undefined {
  try {
    const facts = statSync(path);
    if (facts.isFile()) return 'file';
    return facts.isDirectory() ? 'directory' : undefined;
  } catch {
    return undefined;
  }
}

/** Adding, removing and renaming an entry changes when its directory was last modified; writing into a file does not. */
function stampOf(path: string): string | undefined {
  try {
    const facts = statSync(path, { bigint: true });
    return facts.isDirectory() ? `${facts.ino} ${facts.mtimeNs} ${facts.ctimeNs}` : undefined;
  } catch {
    return undefined;
  }
}

function list(path: string): readonly FileEntry[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, kind: kindOfEntry(path, entry) }))
      .sort((a, b) => compareText(a.name, b.name));
  } catch {
    return [];
  }
}

/** A link to a folder is `other`, so that nobody who descends can walk in a circle or out of the tree. */
function kindOfEntry(folder: string, entry: Dirent): FileEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() && kindOf(join(folder, entry.name)) === 'file' ? 'file' : 'other';
}
