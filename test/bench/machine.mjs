// What the operating system says about processes and about itself. Only Linux tells; elsewhere the answers are null.
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Clock ticks of /proc are hundredths of a second. */
const MS_PER_TICK = 10;

/** The longest wait for others to finish what they do. */
const PATIENCE_MS = 120_000;

function readProc(file) {
  try {
    return readFileSync(`/proc/${file}`, 'utf8');
  } catch {
    return null; // The process is gone, or this is not Linux.
  }
}

function tasksOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** A process and all that it has started. */
function treeOf(pid) {
  const found = [pid];
  for (const parent of found) {
    for (const task of tasksOf(parent)) {
      const children = readProc(`${parent}/task/${task}/children`) ?? '';
      found.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  return found;
}

/** Resident memory of a process and its children in MiB: `VmRSS` is now, `VmHWM` the peak of each, added up. */
export function memoryMiB(pid, field) {
  const kib = treeOf(pid).map((member) => {
    const status = readProc(`${member}/status`) ?? '';
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  });
  return kib.reduce((sum, one) => sum + one, 0) / 1024 || null;
}

/** CPU time of a process and its children in milliseconds, all threads. */
export function cpuMs(pid) {
  let nanoseconds = 0;
  for (const member of treeOf(pid)) {
    for (const task of tasksOf(member)) {
      nanoseconds += Number((readProc(`${member}/task/${task}/schedstat`) ?? '0').split(' ')[0]);
    }
  }
  return nanoseconds > 0 ? nanoseconds / 1e6 : null;
}

function machineCpu() {
  const line = readProc('stat')?.split('\n', 1)[0];
  if (!line) return null;
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const [user, nice, system, , , irq, softirq] = ticks;
  return {
    busy: (user + nice + system + irq + softirq) * MS_PER_TICK,
    total: ticks.reduce((sum, one) => sum + one, 0) * MS_PER_TICK,
  };
}

function ownCpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Starts to watch; the answer, called with the CPU milliseconds of what is measured, gives the share of others in %. */
export function watchOthers() {
  const machine = machineCpu();
  const own = ownCpuMs();
  return (measuredMs) => {
    const then = machineCpu();
    if (!machine || !then || then.total === machine.total) return null;
    const others = then.busy - machine.busy - (ownCpuMs() - own) - measuredMs;
    return Math.max(0, (100 * others) / (then.total - machine.total));
  };
}

async function waitForQuiet(percent) {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end;) {
    const others = watchOthers();
    await sleep(1000);
    const share = others(0);
    if (share === null || share < percent) return;
  }
}

/**
 * Measures when others use less than this share of the machine, and again, three times at most, where they used more
 * meanwhile; the best is kept. Zero percent measures at once. `measure` answers an object with `othersPercent`.
 */
export async function measureQuietly(percent, measure) {
  let best;
  for (let attempt = 0; attempt < (percent > 0 ? 3 : 1); attempt++) {
    if (percent > 0) await waitForQuiet(percent);
    const one = await measure();
    if (!best || (one.othersPercent ?? 0) < (best.othersPercent ?? 0)) best = one;
    if ((best.othersPercent ?? 0) <= percent) break;
  }
  return best;
}
