/** The only list of backup engines. */
import type { BackupEngine, Candidate } from './engine.ts';
import { mariadb } from './engines/mariadb.ts';
import { redis } from './engines/redis.ts';

export const backupEngines: readonly BackupEngine[] = [mariadb, redis];

/** The engine that can save this container, if there is one. */
export function engineFor(candidate: Candidate): BackupEngine | undefined {
  return backupEngines.find((engine) => engine.detects(candidate));
}
