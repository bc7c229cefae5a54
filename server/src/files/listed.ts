/** The disk for a run that changes nothing: each folder is read once, which says of every name in it whether it is there. */
import { basename, dirname } from 'node:path';
import type { FileEntry, FileFacts } from '../project/files.ts';

/** More folders than a check of one file asks about; when there are more, all of them are read again. */
const MOST_FOLDERS = 512;

/** Of files whose texts are asked for again and again: .gitignore, a Compose file and its Dockerfile. */
const MOST_TEXTS = 64;

type Folder = ReadonlyMap<string, FileEntry['kind']>;

/**
 * Answers of `disk` as they were when they were first asked for. Where names differ by case and are the same file all
 * the same (`isExact` is false), a name that is not listed is asked for.
 */
export function listedFacts(disk: FileFacts, isExact = process.platform === 'linux'): FileFacts {
  const folders = new Map<string, Folder>();
  const texts = new Map<string, string | undefined>();

  const folderAt = (path: string): Folder => {
    const known = folders.get(path);
    if (known) return known;
    if (folders.size >= MOST_FOLDERS) folders.clear();
    const found = new Map(disk.list(path).map(({ name, kind }) => [name, kind]));
    folders.set(path, found);
    return found;
  };
  /** Undefined where nothing is there; `other` where the disk has to be asked. */
  const listed = (path: string): FileEntry['kind'] | undefined => {
    const parent = dirname(path);
    if (parent === path) return 'directory';
    const folder = folderAt(parent);
    const kind = folder.get(basename(path));
    if (kind !== undefined || (isExact && folder.size > 0)) return kind;
    // It may be empty, not be there, or be closed for listing and open for those who know a name.
    const above = isExact ? listed(parent) : 'other';
    return above === undefined || above === 'file' ? undefined : 'other';
  };
  return {
    readText: (path) => {
      if (texts.has(path)) return texts.get(path);
      const kind = listed(path);
      if (kind === undefined || kind === 'directory') return undefined;
      if (texts.size >= MOST_TEXTS) texts.clear();
      const text = disk.readText(path);
      texts.set(path, text);
      return text;
    },
    kindOf: (path) => {
      const kind = listed(path);
      return kind === 'other' ? disk.kindOf(path) : kind;
    },
    list: (path) => Array.from(folderAt(path), ([name, kind]) => ({ name, kind })),
  };
}
