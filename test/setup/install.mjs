// What must hold before anything else runs: a Node that is new enough, and the dependencies of the lock file.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './processes.mjs';

const OLDEST_NODE = 20;

/** Ends the program with a sentence when Node is too old for the rest to even load. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return;
  console.error(
    `Dockwright needs Node ${OLDEST_NODE} or newer; this is ${process.version}. Install a newer one and run the same command again.`,
  );
  process.exit(1);
}

/** Installs the dependencies when there are none, or when they are not those of package-lock.json. */
export async function installDependencies() {
  if (dependenciesAreCurrent()) return true;
  console.log('Installing the dependencies (npm ci)');
  const { code } = await run(...npm('ci', '--no-audit', '--no-fund'));
  return code === 0;
}

/** npm as [program, arguments], without a shell: the running npm's own script when there is one. */
export function npm(...argumentList) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? [process.execPath, [script, ...argumentList]]
    : ['npm', argumentList];
}

/**
 * npm keeps a copy of the lock file that it has installed, less the packages that are not for this machine: what it lacks
 * must be optional, what it has must be of the wanted version.
 */
function dependenciesAreCurrent() {
  const copy = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(copy)) return false;
  const installed = packagesOf(copy);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([name, { version, optional = false, link = false }]) => {
      if (name === '' || link) return true;
      return name in installed ? installed[name].version === version : optional;
    },
  );
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
