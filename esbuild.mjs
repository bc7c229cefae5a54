// Builds the three bundles; with --package also the .vsix, and prints its size.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import { bundles } from './bundles.mjs';

const VSIX = 'dist/dockwright.vsix';
const MAX_PACKED_BYTES = 1.5 * 1024 * 1024;

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
// The sources are ES modules, the bundles CommonJS: VS Code loads those faster, and Node needs to be told.
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');

const names = Object.keys(bundles);
await Promise.all(names.map((name) => build({ ...bundles[name], outfile: `dist/${name}.js` })));
for (const name of names) {
  console.log(`dist/${name}.js  ${(statSync(`dist/${name}.js`).size / 1024).toFixed(0)} KiB`);
}

if (process.argv.includes('--package')) {
  // Everything is bundled, so no dependency is packed. The API prints less than the command does.
  await createVSIX({ dependencies: false, packagePath: VSIX });
  const { size } = statSync(VSIX);
  console.log(
    `${VSIX}  ${(size / 1024).toFixed(0)} KiB packed (limit ${MAX_PACKED_BYTES / 1024} KiB)`,
  );
  if (size > MAX_PACKED_BYTES) throw new Error('The .vsix is over its size limit.');
}
