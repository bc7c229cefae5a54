/** Generated files are compared with what is on disk; `UPDATE=1` writes them instead. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export function expectFile(path: string, text: string): void {
  if (process.env['UPDATE'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  assert.equal(
    existsSync(path) ? readFileSync(path, 'utf8') : '(missing)',
    text,
    `${path} is not up to date; UPDATE=1 writes it`,
  );
}
