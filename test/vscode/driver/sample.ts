/** The sample stack, copied into a temporary folder: the tests write into it. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Sample {
  /** Absolute. */
  readonly folder: string;
  /** A file of it, as bytes on the disk. */
  readonly read: (path: string) => Buffer;
  readonly remove: () => void;
}

export function copySample(): Sample {
  const parent = mkdtempSync(join(tmpdir(), 'dockwright-sample-'));
  const folder = join(parent, 'twlan');
  cpSync('docker/stack', folder, { recursive: true });
  return {
    folder,
    read: (path) => readFileSync(join(folder, path)),
    remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }),
  };
}
