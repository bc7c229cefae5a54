// Runs a command to its end and measures it: wall time, CPU and the peak memory of its biggest process.
import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearTimeout } from 'node:timers';
import { measureQuietly, watchOthers } from '../machine.mjs';
import { spreadOf } from '../statistics.mjs';
import { endWithUs } from '../temporary.mjs';

/** GNU time, which alone says what children used. The shell's own `time` does not. */
const GNU_TIME = '/usr/bin/time';

/** What a machine lacks to measure everything; undefined where it lacks nothing. */
export function whatIsMissing() {
  return existsSync(GNU_TIME)
    ? undefined
    : `There is no ${GNU_TIME}, so CPU and memory are not measured. On Debian: apt-get install time`;
}

/** A command held to one core, where this system can do that; undefined where it cannot. */
export function onOneCore(command) {
  if (availableParallelism() === 1) return command;
  const paths = (process.env.PATH ?? '').split(delimiter);
  const taskset = paths.map((folder) => join(folder, 'taskset')).find(existsSync);
  return taskset && [taskset, '-c', '0', ...command];
}

/**
 * Runs a case ({ command, cwd, runs, timeoutMs }) once to warm the file cache, unless it runs once or twice only, and then
 * `runs` times. Answers { metric → { median, min, max } } with `wallMs`, `cpuMs`, `rssMiB`, `othersPercent`, `status`, or
 * { failed } with the reason. What the command prints is thrown away.
 */
export async function measureCommand({ command, cwd, runs, timeoutMs = 600_000 }, quiet) {
  const records = [];
  if (runs > 2) await runOnce({ command, cwd, timeoutMs });
  for (let run = 0; run < runs; run++) {
    const record = await measureQuietly(quiet, () => runOnce({ command, cwd, timeoutMs }));
    if (record.failed) return record;
    records.push(record);
  }
  return spreadOf(records);
}

async function runOnce({ command, cwd, timeoutMs }) {
  const report = join(tmpdir(), `dockwright-bench-time-${process.pid}`);
  const timed = existsSync(GNU_TIME)
    ? [GNU_TIME, '-q', '-o', report, '-f', '%U %S %M', ...command]
    : command;
  const others = watchOthers();
  const started = performance.now();
  const sink = openSync('/dev/null', 'w');
  const { code, signal, problem } = await ended(timed, { cwd, timeoutMs, sink });
  const wallMs = performance.now() - started;
  closeSync(sink);
  if (problem) return { failed: problem };
  if (signal) return { failed: `stopped after ${timeoutMs / 1000} s` };
  return { wallMs, status: code, ...readReport(report, others) };
}

function ended([program, ...args], { cwd, timeoutMs, sink }) {
  return new Promise((resolve) => {
    // A group of its own, so that all of it can be ended.
    const child = spawn(program, args, { cwd, stdio: ['ignore', sink, sink], detached: true });
    const kill = () => process.kill(-child.pid, 'SIGKILL');
    const timer = setTimeout(kill, timeoutMs);
    endWithUs(child, kill);
    child.on('error', ({ message }) => {
      clearTimeout(timer);
      resolve({ problem: message });
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal });
    });
  });
}

function readReport(report, others) {
  if (!existsSync(report)) return {};
  const [user, system, kib] = readFileSync(report, 'utf8').trim().split('\n').at(-1).split(' ');
  rmSync(report);
  const cpuMs = (Number(user) + Number(system)) * 1000;
  return { cpuMs, rssMiB: Number(kib) / 1024, othersPercent: others(cpuMs) };
}
