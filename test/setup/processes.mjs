// Child processes: run to their end, their output shown, kept or read, and ended cleanly when the user presses Ctrl-C.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { clearTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';

/** The project's root folder, absolute. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** How long a child may take to end by itself after Ctrl-C, in milliseconds. */
const GRACE_MS = 8000;

const running = new Set();
let stopping = false;

/** True from the moment when the user has asked to stop: nothing new is started then. */
export const isStopping = () => stopping;

/** Calls `finish` once when the user presses Ctrl-C, after all children are gone. */
export function onInterrupt(finish) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void endChildren(signal).then(finish);
    });
  }
}

/** The terminal has sent Ctrl-C to the children as well; any other signal is ours to hand on. */
async function endChildren(signal) {
  const all = [...running];
  if (signal !== 'SIGINT') for (const { child } of all) child.kill('SIGTERM');
  const late = setTimeout(() => all.forEach(({ child }) => child.kill('SIGTERM')), GRACE_MS);
  await Promise.all(all.map(({ ended }) => ended));
  clearTimeout(late);
}

/**
 * Runs a program in the project's folder. `output` says where what it prints goes: 'show' (the terminal), or 'collect'
 * (the answer's `stdout` and `stderr`; `echo` shows stderr as well).
 * Never rejects: a program that cannot be started has exit code 127.
 */
export function run(
  program,
  argumentList,
  { env = {}, output = 'show', echo = false, shell = false } = {},
) {
  if (stopping) return Promise.resolve({ code: 130, stdout: '', stderr: '' });
  const pipe = output === 'collect';
  const child = spawn(program, argumentList, {
    cwd: root,
    shell,
    env: { ...process.env, ...env },
    stdio: ['ignore', pipe ? 'pipe' : 'inherit', pipe ? 'pipe' : 'inherit'],
  });
  const collected = { stdout: '', stderr: '' };
  for (const name of pipe ? ['stdout', 'stderr'] : []) {
    child[name].setEncoding('utf8').on('data', (text) => {
      collected[name] += text;
      if (echo && name === 'stderr') process.stderr.write(text);
    });
  }
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      resolve({ ...collected, code: 127, stderr: `${collected.stderr}${error.message}\n` });
    });
    child.on('close', (code) => resolve({ ...collected, code: code ?? 1 }));
  });
  const entry = { child, ended };
  running.add(entry);
  return ended.finally(() => running.delete(entry));
}
