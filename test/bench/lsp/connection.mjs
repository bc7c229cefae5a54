// A language server as a child process, and the client's end of the protocol with it. All times: milliseconds, monotonic.
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { clearTimeout } from 'node:timers';
import { endWithUs } from '../temporary.mjs';
import { frame, frameReader } from './frames.mjs';

/** The request by which a client asks for diagnostics. */
export const PULL = 'textDocument/diagnostic';

/** So many characters of what a server complains about are kept. */
const MAX_STDERR = 4000;

/** Answers undefined where the promise takes longer. */
function within(promise, ms) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function promised() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** What the server asks its client, answered as an editor with these settings and folders would. */
function clientAnswers(settings, folders) {
  const registered = new Set();
  const pullRegistered = promised();
  const valueAt = (section) => {
    const path = section.split('.').filter(Boolean);
    return path.reduce((found, key) => found?.[key], settings) ?? null;
  };
  const answerers = {
    'workspace/configuration': ({ items }) => items.map(({ section = '' }) => valueAt(section)),
    'workspace/workspaceFolders': () => folders,
    'client/registerCapability': ({ registrations }) => {
      for (const { method } of registrations) registered.add(method);
      if (registered.has(PULL)) pullRegistered.resolve();
      return null;
    },
  };
  return {
    /** The methods that the server has registered for by itself. */
    registered,
    pullRegistered: pullRegistered.promise,
    answer: (method, params) => answerers[method]?.(params) ?? null,
  };
}

/** The diagnostics that the server pushes: all that came, and those that somebody waits for. */
function pushedReports(gone) {
  const reports = [];
  const watchers = new Set();
  return {
    /** Every publishDiagnostics so far: { moment, uri, version, items }. */
    reports,
    add: ({ uri, version = null, diagnostics }, moment) => {
      reports.push({ moment, uri, version, items: diagnostics.length });
      for (const watch of [...watchers]) watch({ moment, uri, version, diagnostics });
    },
    /** The next diagnostics that can belong to this version; undefined where none come in time. */
    nextReport: (uri, version, ms) => {
      const { promise, resolve } = promised();
      const watch = (report) => {
        if (report.uri !== uri) return;
        if (report.version === null || report.version >= version) resolve(report);
      };
      watchers.add(watch);
      return within(Promise.race([promise, gone]), ms).finally(() => watchers.delete(watch));
    },
  };
}

/** Requests to the server and their answers. `explain` makes an error of a sentence. */
function requests(write, timeout, explain) {
  const pending = new Map();
  let nextId = 0;
  let dead;
  const send = (method, params) => {
    if (dead) throw explain(`The server ${dead}.`);
    const id = ++nextId;
    const sentAt = performance.now();
    const { promise, resolve } = promised();
    pending.set(id, resolve);
    write({ id, method, params });
    const answer = within(promise, timeout).then((found) => {
      if (!found) throw explain(`No answer to ${method} within ${timeout / 1000} s.`);
      const { result, error, moment } = found;
      if (error) throw Object.assign(explain(`${method}: ${error.message}`), { code: error.code });
      return { result, moment, ms: moment - sentAt };
    });
    return { id, answer };
  };
  return {
    /** { id, answer }: the answer is { result, moment, ms }, or it throws. */
    send,
    request: (method, params) => send(method, params).answer,
    accept: ({ id, result, error }, moment) => {
      pending.get(id)?.({ result, error, moment });
      pending.delete(id);
    },
    isDead: () => dead !== undefined,
    die: (why) => {
      dead ??= why;
      for (const resolve of pending.values()) resolve({ error: { message: why } });
      pending.clear();
    },
  };
}

/**
 * Starts `node …args` in a folder. `settings` answer `workspace/configuration`, `folders` are the workspace's, `timeout`
 * is how long an answer may take.
 */
export function connect(args, { cwd, settings = {}, folders, timeout }) {
  const spawnedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: 'pipe' });
  endWithUs(child, () => child.kill('SIGKILL'));
  const gone = promised();
  let errors = '';

  const write = (message) => child.stdin.write(frame(message));
  const explain = (why) => new Error(errors ? `${why}\n--- its stderr\n${errors}` : why);
  const { accept, isDead, die, send, request } = requests(write, timeout, explain);
  const { answer, registered, pullRegistered } = clientAnswers(settings, folders);
  const { add, reports, nextReport } = pushedReports(gone.promise);

  const receive = (message, moment) => {
    const { id, method, params } = message;
    if (method === undefined) accept(message, moment);
    else if (method === 'textDocument/publishDiagnostics') add(params, moment);
    else if (id !== undefined) write({ id, result: answer(method, params) });
  };
  const end = (why) => {
    die(why);
    gone.resolve();
  };
  child.on('error', ({ message }) => end(`cannot start: ${message}`));
  child.on('exit', (code, signal) => end(`ended (${signal ?? code})`));
  child.stdin.on('error', () => undefined); // It is gone; "exit" says so.
  child.stdout.on('data', frameReader(receive));
  child.stderr.on('data', (text) => (errors = (errors + text).slice(-MAX_STDERR)));

  return {
    ...{ pid: child.pid, spawnedAt, reports, registered, pullRegistered, send, request },
    notify: (method, params) => write({ method, params }),
    nextReport: (uri, version, ms = timeout) => nextReport(uri, version, ms),
    /** Ends the server; one that has not ended after this many milliseconds is killed. */
    stop: async (graceMs) => {
      if (isDead()) return;
      await request('shutdown', null).catch(() => undefined);
      write({ method: 'exit' });
      const ended = gone.promise.then(() => true);
      if (!(await within(ended, graceMs))) child.kill('SIGKILL');
    },
  };
}
