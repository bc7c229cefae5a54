// Makes what is measured: our own bundles as they are shipped, and the floors in the same way.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundles } from '../../bundles.mjs';
import { root } from '../setup/processes.mjs';
import { put } from './generate.mjs';

const entries = {
  'floor-yaml': import.meta.resolve('./floor/yaml-server.mjs'),
  'floor-dockerfile': import.meta.resolve('./floor/dockerfile-server.mjs'),
  'floor-parse': import.meta.resolve('./floor/parse.mjs'),
};

/**
 * Builds one bundle into a folder and answers its path. Not into dist/, which others use at the same time.
 * `name` is one of our bundles or a floor; a bundle that is to be `readable` keeps the names of its functions.
 */
export async function buildInto(folder, name, { readable = false } = {}) {
  // A floor needs all of its library at once.
  const floor = () => ({ entryPoints: [fileURLToPath(entries[name])], plugins: [] });
  const { entryPoints, banner, plugins } = bundles[name] ?? floor();
  const outfile = join(folder, `${name}.js`);
  put(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  await build({
    ...bundles.server,
    plugins,
    absWorkingDir: root,
    entryPoints,
    ...(banner && { banner }),
    ...(readable && { minify: false }),
    outfile,
  });
  return outfile;
}

/** The size of a file in KiB. */
export const sizeKiB = (file) => statSync(file).size / 1024;
