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

/**
 * What most runs never need is loaded when it is first called: the YAML library, which reads only what our own reader does
 * not, and Node's cryptography. Together they are a tenth of a cold start.
 */
const late = {
  yaml: {
    functions: [
      'isAlias',
      'isCollection',
      'isMap',
      'isNode',
      'isPair',
      'isScalar',
      'isSeq',
      'parseDocument',
      'stringify',
    ],
    classes: ['Composer', 'Parser'],
  },
  'node:crypto': { functions: ['createHash', 'randomBytes'], classes: [] },
};

const loadedLate = {
  name: 'loaded-late',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(yaml|node:crypto)$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'loaded-late' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'loaded-late' }, ({ path }) => {
      const { functions, classes } = late[path];
      const real = `require(${JSON.stringify(path)})`;
      return {
        // An import of anything that is not named here is an error of the build.
        contents: [
          ...functions.map(
            (name) => `export const ${name} = (...given) => ${real}.${name}(...given);`,
          ),
          ...classes.map(
            (name) =>
              `export function ${name}(...given) { return new (${real}.${name})(...given); }`,
          ),
        ].join('\n'),
        resolveDir: import.meta.dirname,
      };
    });
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
  server: { ...common, entryPoints: ['server/src/lsp/main.ts'], plugins: [loadedLate] },
  cli: {
    ...common,
    entryPoints: ['server/src/cli/main.ts'],
    plugins: [loadedLate],
    banner: { js: '#!/usr/bin/env node' },
  },
};
