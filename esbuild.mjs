// Builds the three bundles; with --package also the .vsix, and prints its size.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';

const VSIX = 'dist/dockwright.vsix';
const MAX_PACKED_BYTES = 1.5 * 1024 * 1024;

/**
 * Parts of dockerode that we never use (gRPC for BuildKit sessions, an SSH client of its own) would be four fifths of
 * the bundle. They resolve to a module that says so when somebody calls it. docs/adr/0005-dockerode.md
 */
const leftOut = {
  name: 'left-out',
  setup({ onResolve, onLoad }) {
    onResolve(
      { filter: /^(ssh2|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs|cpu-features)(\/|$)/ },
      ({ path }) => ({
        path,
        namespace: 'left-out',
      }),
    );
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      // Properties may be read (libraries do so while they load); only a call is a mistake.
      contents: `
        const absent = () => { throw new Error(${JSON.stringify(`${path} is not part of Dockwright's bundle.`)}); };
        const get = (_, key) => (key === '__esModule' ? false : module.exports);
        module.exports = new Proxy(absent, { get, construct: absent });`,
    }));
  },
};

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
// The sources are ES modules, the bundles CommonJS: VS Code loads those faster, and Node needs to be told.
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};
await Promise.all([
  build({
    ...common,
    entryPoints: ['client/src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    plugins: [leftOut],
  }),
  build({ ...common, entryPoints: ['server/src/lsp/main.ts'], outfile: 'dist/server.js' }),
  build({
    ...common,
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
for (const name of ['extension', 'server', 'cli']) {
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
