// The tools that we are compared with: where they are installed, and how each is started.
import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { npm } from '../setup/install.mjs';
import { root, run } from '../setup/processes.mjs';

const wanted = join(root, 'test', 'bench', 'peers');
const SHARED_CACHE = '/var/cache/dockwright';
const LOCK = 'package-lock.json';

/** The same folder that the set-up scripts of the tests keep their downloads in. */
function cacheFolder() {
  const { DOCKWRIGHT_CACHE, XDG_CACHE_HOME } = process.env;
  if (DOCKWRIGHT_CACHE) return DOCKWRIGHT_CACHE;
  if (canWrite(existsSync(SHARED_CACHE) ? SHARED_CACHE : dirname(SHARED_CACHE))) {
    return SHARED_CACHE;
  }
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'dockwright');
}

function canWrite(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installs the peers unless the very same are there, and answers the folder that holds their `node_modules`. */
export async function installPeers() {
  const folder = join(cacheFolder(), 'bench-peers');
  const done = join(folder, 'node_modules', LOCK);
  const lock = readFileSync(join(wanted, LOCK), 'utf8');
  if (existsSync(done) && readFileSync(done, 'utf8') === lock) return folder;

  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', LOCK]) cpSync(join(wanted, name), join(folder, name));
  console.error(`Installing the peers into ${folder}`);
  const { code, stderr } = await run(
    // No scripts: nothing of theirs runs but what is measured.
    ...npm('ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'),
    { output: 'collect' },
  );
  if (code !== 0) {
    throw new Error(
      `The peers could not be installed; to measure without them, add --no-peers. npm says:\n${stderr.trim()}`,
    );
  }
  // Written last, so that an installation that was broken off is made anew.
  cpSync(join(wanted, LOCK), done);
  return folder;
}

const fileOf = (folder, ...path) => join(folder, 'node_modules', ...path);

/** The schema of the Compose specification; a peer brings it along. */
const schemaOf = (folder) => fileOf(folder, 'dclint', 'schemas', 'compose.schema.json');

/** Language servers: argument lists after `node`, and the settings that let each show what it can. */
export function peerServers(folder) {
  return {
    dockercompose: {
      'compose-ls': {
        script: fileOf(
          folder,
          ...['@microsoft', 'compose-language-service', 'bin', 'docker-compose-langserver'],
        ),
        // It waits a second after the last key by default, which would hide all that it does.
        initializationOptions: { diagnosticDelay: 0 },
      },
      'yaml-ls': {
        script: fileOf(folder, 'yaml-language-server', 'bin', 'yaml-language-server'),
        settings: {
          yaml: {
            schemas: { [schemaOf(folder)]: ['compose.yaml'] },
            schemaStore: { enable: false },
            validate: true,
            hover: true,
            completion: true,
            maxItemsComputed: 5000,
          },
        },
      },
    },
    dockerfile: {
      'dockerfile-ls': {
        script: fileOf(folder, 'dockerfile-language-server-nodejs', 'bin', 'docker-langserver'),
      },
    },
  };
}

/** Commands: the argument lists that each name stands for, without the files. */
export function peerCommands(folder) {
  const node = process.execPath;
  return {
    dclint: [node, fileOf(folder, 'dclint', 'bin', 'dclint.cjs')],
    dockerfilelint: [node, fileOf(folder, 'dockerfilelint', 'bin', 'dockerfilelint')],
    dockerfileUtils: [node, fileOf(folder, 'dockerfile-utils', 'bin', 'dockerfile-utils')],
  };
}
