// `npm run oracle`: makes the TypeScript of this folder into one script, and runs it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'dockwright-oracle-'));
try {
  const outfile = join(temporary, 'command.mjs');
  await build({
    entryPoints: [join(here, 'command.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  });
  const { oracle } = await import(pathToFileURL(outfile).href);
  const { text, status } = await oracle(join(here, '..', '..'), process.argv.slice(2));
  console.log(text);
  process.exitCode = status;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
