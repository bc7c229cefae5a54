// What a benchmark leaves behind: nothing, also when it is interrupted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INTERRUPTED = 130;

/** A new folder that is gone when this process is; Ctrl-C becomes an orderly end. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'dockwright-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(INTERRUPTED));
  }
  return folder;
}

/** Has a child ended by this when we end before it. `end` must not wait. */
export function endWithUs(child, end) {
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
}
