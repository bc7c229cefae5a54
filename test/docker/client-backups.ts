/** What the backup suites share: containers, a folder for the backups, and a backup that is one call. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineFor } from '../../client/src/backup/registry.ts';
import { backUp, type BackupRequest } from '../../client/src/backup/run.ts';
import { docker, type Playground, playground } from './client-containers.ts';

export interface Backups {
  readonly ground: Playground;
  /** The folder of all backups. */
  readonly root: string;
  readonly save: (service: string, changes?: Partial<BackupRequest>) => ReturnType<typeof backUp>;
  /** Everything that lies in the folder of one service. */
  readonly filesOf: (service: string) => string[];
  readonly remove: () => Promise<void>;
}

/** Containers of one's own, and a folder for their backups. */
export async function backups(): Promise<Backups> {
  const ground = await playground();
  const folder = await mkdtemp(join(tmpdir(), 'dockwright-backup-'));
  const root = join(folder, 'backups');
  return {
    ground,
    root,
    save: async (service, changes = {}) => {
      const container = await ground.find(service);
      const backup = changes.backup ?? engineFor(container);
      assert.ok(backup);
      return backUp({
        engine: ground.engine,
        backup,
        container,
        project: ground.project,
        service,
        root,
        now: () => new Date(),
        onBytes: () => undefined,
        signal: new AbortController().signal,
        ...changes,
      });
    },
    filesOf: (service) => {
      const files = join(root, ground.project, service);
      return existsSync(files) ? readdirSync(files) : [];
    },
    remove: async () => {
      await ground.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Programs that run in a container. */
export function processes(container: string): Promise<string> {
  return docker('top', container, '-eo', 'pid,args');
}
