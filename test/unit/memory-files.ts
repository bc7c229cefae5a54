/** A file system in memory, behind the same port as the disk. */
import { posix } from 'node:path';
import type { FileFacts } from '../../server/src/project/files.ts';

/** `texts`: absolute path → content. Folders are there where a file lies below them. */
export function memoryFiles(texts: Readonly<Record<string, string>>): FileFacts {
  const paths = Object.keys(texts);
  const isFolder = (path: string): boolean =>
    paths.some((file) => file.startsWith(path === '/' ? '/' : `${path}/`));
  return {
    readText: (path) => texts[path],
    kindOf: (path) => (path in texts ? 'file' : isFolder(path) ? 'directory' : undefined),
    list: (path) => {
      const names = paths
        .filter((file) => file.startsWith(`${path}/`))
        .map((file) => file.slice(path.length + 1).split('/')[0] ?? '');
      return [...new Set(names)].sort().map((name) => ({
        name,
        kind: posix.join(path, name) in texts ? 'file' : 'directory',
      }));
    },
  };
}
