// Who may import whom, as one table (docs/architecture.md, "One-way rule"). `import type` counts, cycles and strangers are errors.

/** layer → [where it lives, which layers it may import, which packages and node modules it may import] */
export const layers = {
  core: ['^server/src/core/', [], []],
  compose: ['^server/src/compose/', ['core'], ['yaml', 'node:path']],
  dockerfile: ['^server/src/dockerfile/', ['core'], ['unbash']],
  dockerignore: ['^server/src/dockerignore/', ['core'], ['ignore', 'node:path']],
  dotenv: ['^server/src/dotenv/', ['core'], []],
  project: [
    '^server/src/project/',
    ['core', 'compose', 'dockerfile', 'dockerignore', 'dotenv'],
    ['node:path', 'node:path/posix'],
  ],
  roles: ['^server/src/roles/', ['core', 'compose', 'dockerfile', 'project'], []],
  config: ['^server/src/config/', ['core', 'roles'], ['yaml']],
  rules: [
    '^server/src/rules/(compose|dockerfile|dotenv|project)/|^server/src/rules/(subject|refusals|fixes)\\.ts$',
    ['core', 'compose', 'dockerfile', 'dockerignore', 'dotenv', 'project', 'roles', 'config'],
    [],
  ],
  registry: ['^server/src/rules/registry\\.ts$', ['core', 'rules', 'project'], []],
  engine: [
    '^server/src/engine/',
    [
      'core',
      'compose',
      'dockerfile',
      'dockerignore',
      'project',
      'roles',
      'config',
      'rules',
      'registry',
    ],
    [],
  ],
  files: [
    '^server/src/files/',
    ['core', 'dockerignore', 'project', 'config'],
    ['node:fs', 'node:path', 'node:fs/promises', 'node:crypto', 'node:url', 'ignore'],
  ],
  process: ['^server/src/process/', [], ['node:v8']],
  protocol: ['^server/src/protocol/', [], []],
  lsp: [
    '^server/src/lsp/',
    ['core', 'config', 'project', 'registry', 'engine', 'files', 'process', 'protocol', 'roles'],
    ['vscode-languageserver', 'vscode-languageserver-textdocument', 'node:path', 'node:url'],
  ],
  cli: [
    '^server/src/cli/',
    ['core', 'config', 'project', 'registry', 'engine', 'files', 'process', 'roles'],
    ['node:*', 'diff'],
  ],

  docker: ['^client/src/docker/', [], ['dockerode', 'node:*']],
  services: ['^client/src/services/', ['docker'], []],
  backup: ['^client/src/backup/', ['docker'], ['node:*']],
  commands: ['^client/src/commands/', ['docker', 'services', 'backup', 'protocol'], ['node:path']],
  vscode: [
    '^client/src/vscode/',
    ['docker', 'services', 'backup', 'commands', 'protocol'],
    ['vscode', 'vscode-languageclient', 'node:path', 'node:fs', 'node:fs/promises', 'node:os'],
  ],
  entry: [
    '^client/src/extension\\.ts$',
    ['vscode', 'commands', 'docker', 'services', 'backup'],
    ['vscode'],
  ],
};

/** `node:fs` is a module of Node, everything else a package, with its types. */
function pattern(name) {
  if (name.startsWith('node:')) return `^(node:)?${name.slice('node:'.length)}$`;
  return `^${name}$|(^|/)node_modules/(@types/)?${name}/`;
}

/** Stands for all of Node's own modules. */
const ANY_NODE = 'node:*';

const rules = Object.entries(layers).map(([name, [path, mayImport, packages]]) => ({
  name: `layer-${name}`,
  severity: 'error',
  comment: `${name} may import: ${[...mayImport, ...packages].join(', ') || 'nothing but itself'}`,
  from: { path },
  to: {
    pathNot: [
      path,
      ...mayImport.map((layer) => layers[layer][0]),
      ...packages.filter((name) => name !== ANY_NODE).map(pattern),
    ],
    ...(packages.includes(ANY_NODE) && { dependencyTypesNot: ['core'] }),
  },
}));

const homes = Object.values(layers).map(([path]) => path);

export default {
  forbidden: [
    ...rules,
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^vscode$'] },
    },
    {
      name: 'no-homeless-file',
      severity: 'error',
      from: { path: '^(server|client)/src/', pathNot: homes },
      to: {},
    },
    {
      name: 'no-homeless-target',
      severity: 'error',
      from: {},
      to: { path: '^(server|client)/src/', pathNot: homes },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
