// Starts VS Code in a browser: a server with a profile of its own, the extension installed, and no look at the network.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const READY_WITHIN_MS = 60_000;

/** A quiet editor: nothing that greets, asks, updates or reports, and no motion that a test would have to wait for. */
const settings = {
  'chat.disableAIFeatures': true,
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'git.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  // Without this the terminal is a canvas, and its text cannot be read.
  'terminal.integrated.gpuAcceleration': 'off',
  'update.mode': 'none',
  'window.autoDetectColorScheme': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/**
 * @typedef {object} ServerOptions
 * @property {string} codeServer  folder of the code-server package
 * @property {string} node        the Node program that runs it
 * @property {string} vsix        the packed extension to install
 * @property {string} root        an empty folder for the profile; the caller removes it
 * @property {string} log         file that takes the server's output
 * @property {number} [port]      0 or none: any free one
 * @property {Record<string, unknown>} [settings]  on top of the quiet ones
 */

/** Installs the extension and starts the server. Resolves when it answers. `stop` ends it with all its children. */
export async function startCodeServer(options) {
  const { codeServer, node, root, vsix } = options;
  const folders = { data: join(root, 'data'), extensions: join(root, 'extensions') };
  mkdirSync(join(folders.data, 'User'), { recursive: true });
  mkdirSync(join(root, 'home'), { recursive: true });
  writeFileSync(
    join(folders.data, 'User', 'settings.json'),
    JSON.stringify({ ...settings, ...options.settings }, null, 2),
  );
  const profile = ['--user-data-dir', folders.data, '--extensions-dir', folders.extensions];
  const entry = join(codeServer, 'out', 'node', 'entry.js');
  const env = environment(root);
  await promisify(execFile)(node, [entry, ...profile, '--install-extension', vsix], { env });

  const port = options.port || (await freePort());
  const server = spawn(node, [entry, ...profile, ...serverFlags(port)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the extension host and its language servers end with it.
    detached: true,
  });
  const log = createWriteStream(options.log);
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });
  const stop = () => stopGroup(server);
  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(url, server, options.log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

function serverFlags(port) {
  return [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-proxy'],
    ...['--disable-workspace-trust', '--disable-getting-started-override'],
  ];
}

function environment(root) {
  const env = {
    ...process.env,
    HOME: join(root, 'home'),
    XDG_CONFIG_HOME: join(root, 'home', '.config'),
    // An empty gallery: no look-ups in any marketplace.
    EXTENSIONS_GALLERY: '{}',
  };
  // The user's Docker context must still be found when the home is another.
  env.DOCKER_CONFIG ??= join(process.env.HOME ?? '/', '.docker');
  for (const name of ['PORT', 'PASSWORD', 'NODE_OPTIONS', 'VSCODE_IPC_HOOK_CLI']) delete env[name];
  return env;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url, server, log) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    const response = await fetch(`${url}/healthz`).catch(() => undefined);
    if (response?.ok) return;
    await wait(50);
  }
  throw new Error(`The VS Code server did not start at ${url}; its output is in ${log}.`);
}

async function stopGroup(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    try {
      process.kill(-server.pid, signal);
    } catch {
      return; // The group is gone already.
    }
    if ((await Promise.race([gone.then(() => true), wait(5000)])) === true) return;
  }
}

/**
 * As a program of its own: the editor suite's child that holds the server, and ends it when its parent goes away, however
 * that happens. Its argument is the options as JSON; it sends { url } or { error } to its parent.
 */
async function serve() {
  const server = await startCodeServer(JSON.parse(process.argv[2])).catch((error) => {
    process.send({ error: error.message });
    process.exit(1);
  });
  const stop = async () => {
    await server.stop();
    process.exit(0);
  };
  // The channel closes when the parent wants it, and also when the parent is killed.
  process.once('disconnect', stop);
  process.once('SIGTERM', stop);
  // Ctrl-C reaches the whole group; the parent decides when the server ends.
  process.on('SIGINT', () => undefined);
  process.send({ url: server.url });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve();
