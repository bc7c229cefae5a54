// `npm start`: builds the extension and opens VS Code with it, on a copy of the sample stack that may be spoilt at will.
import { spawn } from 'node:child_process';
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setInterval } from 'node:timers';
import { pathToFileURL, URLSearchParams } from 'node:url';
import { startCodeServer } from './setup/code-server.mjs';
import { installDependencies, requireNode } from './setup/install.mjs';
import { createNeeds } from './setup/needs.mjs';
import { isStopping, onInterrupt, root, run } from './setup/processes.mjs';

const USAGE = `Usage: npm start -- [--no-open] [--port NUMBER]
  --no-open      print the address of a VS Code for the browser, and open neither a window nor a page
  --port NUMBER  the port of that VS Code; any free one when it is left out`;

requireNode();
const options = readOptions(process.argv.slice(2));
const temporary = mkdtempSync(join(tmpdir(), 'dockwright-'));
const cleanUps = [() => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 })];

onInterrupt(() => finish(0));
try {
  await main();
} catch (error) {
  if (!isStopping()) {
    console.error(`\n${error.message}`);
    await finish(1);
  }
}

async function main() {
  if (!(await installDependencies())) throw new Error('npm ci failed; its message is above.');
  const build = await run(process.execPath, ['esbuild.mjs', '--package']);
  if (build.code !== 0) throw new Error('The build failed; its message is above.');

  const stack = copyStack();
  console.log(`\nThe sample stack is copied to ${stack}\nThe copy is removed at the end.`);
  const code = options.open ? findOnPath('code') : undefined;
  if (code) await openWindow(code, stack);
  else await openServer(stack);
}

function readOptions(words) {
  const found = { open: true, port: 0 };
  for (let index = 0; index < words.length; index++) {
    const [name, value] = words[index].split('=');
    if (name === '--no-open') found.open = false;
    else if (name === '--port') found.port = Number(value ?? words[++index]);
    else found.port = NaN;
  }
  if (Number.isInteger(found.port) && found.port >= 0 && found.port < 65_536) return found;
  console.error(USAGE);
  process.exit(2);
}

function copyStack() {
  const stack = join(temporary, 'twlan');
  cpSync(join(root, 'docker', 'stack'), stack, { recursive: true });
  return stack;
}

/** The full name of a program, as the shell would find it. */
function findOnPath(name) {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The user's own VS Code: the extension is loaded from this folder, so that nothing is installed into the profile. */
async function openWindow(code, stack) {
  console.log(`Opening ${code}. Press Ctrl-C here when you are done with it.`);
  // Not --wait: with a file it waits for that file's tab, and the copy would be gone while its window is still open.
  const words = ['--new-window', `--extensionDevelopmentPath=${root}`, stack, firstFile(stack)];
  // Windows starts a .cmd file only through its shell, and our words have no character that means something there.
  const answer = await run(code, words, { shell: process.platform === 'win32' });
  if (answer.code !== 0) throw new Error(`${code} ended with status ${answer.code}.`);
  await forever();
}

async function openServer(stack) {
  const { state, why, env } = await createNeeds().script('vscode', '--no-browser');
  if (state === 'missing') throw new Error(noEditor(why));
  if (state !== 'ready') throw new Error(`VS Code could not be set up: ${why}.`);
  const profile = join(temporary, 'profile');
  mkdirSync(profile);
  const server = await startCodeServer({
    codeServer: env.CODE_SERVER,
    node: env.NODE24,
    vsix: join(root, 'dist', 'dockwright.vsix'),
    root: profile,
    log: join(temporary, 'server.log'),
    port: options.port,
  });
  cleanUps.unshift(server.stop);
  const url = addressOf(server.url, stack);
  console.log(`Dockwright is running at ${url}\nPress Ctrl-C to end.`);
  if (options.open) openPage(url);
  await forever();
}

/** Of the workbench on a folder, with its first file open. */
function addressOf(server, folder) {
  const file = `vscode-remote://${new URL(server).host}${pathToFileURL(firstFile(folder)).pathname}`;
  const query = new URLSearchParams({ folder, payload: JSON.stringify([['openFile', file]]) });
  return `${server}/?${query}`;
}

/** What there is to see: the file with the findings. */
function firstFile(folder) {
  return join(folder, 'compose.yaml');
}

/** Every way to an editor that this machine could go. */
function noEditor(why) {
  return `There is no VS Code to open.
Install Visual Studio Code and its "code" command, or what the browser VS Code is missing: ${why}`;
}

/** Shows the page where there is a desktop to show it on; the address is printed anyway. */
function openPage(url) {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const hasDesktop =
    process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDesktop) return;
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined); // No such program: then the user opens the page.
  child.unref();
}

/** Pending until the user presses Ctrl-C; the interval keeps the process alive. */
function forever() {
  return new Promise(() => {
    setInterval(() => undefined, 60_000);
  });
}

async function finish(status) {
  for (const cleanUp of cleanUps) await cleanUp();
  console.log('Ended; the copy of the sample stack is gone.');
  process.exit(status);
}
