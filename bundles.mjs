// How each bundle is made: for the build, and for tests that make one of their own.

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

/** Name of the file in dist/ (without `.js`) → options of esbuild, all but where it goes. */
export const bundles = {
  extension: {
    ...common,
    entryPoints: ['client/src/extension.ts'],
    external: ['vscode'],
    plugins: [leftOut],
  },
  server: { ...common, entryPoints: ['server/src/lsp/main.ts'] },
  cli: {
    ...common,
    entryPoints: ['server/src/cli/main.ts'],
    banner: { js: '#!/usr/bin/env node' },
  },
};
