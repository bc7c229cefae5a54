/** Which configuration file counts for a file. */
import { dirname, join } from 'node:path';
import type { FileFacts } from '../project/files.ts';

export const CONFIG_NAMES = ['.dockwright.yaml', '.dockwright.yml'] as const;

/** Folder → its configuration file, or undefined where none counts. Lives as long as the answers may be reused. */
export type ConfigCache = Map<string, string | undefined>;

/**
 * The absolute path of the nearest configuration file from the folder of `path` upwards, not above the first folder that
 * holds `.git`; undefined where there is none.
 */
export function findConfig(
  path: string,
  facts: FileFacts,
  cache: ConfigCache = new Map(),
): string | undefined {
  const visited: string[] = [];
  let found: string | undefined;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (cache.has(folder)) {
      found = cache.get(folder);
      break;
    }
    visited.push(folder);
    found = configIn(folder, facts);
    const isTop = dirname(folder) === folder || facts.kindOf(join(folder, '.git')) !== undefined;
    if (found !== undefined || isTop) break;
  }
  for (const folder of visited) cache.set(folder, found);
  return found;
}

function configIn(folder: string, facts: FileFacts): string | undefined {
  return CONFIG_NAMES.map((name) => join(folder, name)).find(
    (path) => facts.kindOf(path) === 'file',
  );
}
