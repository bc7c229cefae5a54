// Reads a CPU profile of Node and prints the functions that it spent its time in.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/processes.mjs';
import { short, table } from './statistics.mjs';

/** So many functions are printed. */
const TOP = 30;
const WAITING = new Set(['(idle)', '(program)']);

/** Makes a new folder for profiles among the artefacts of the tests, and answers it. */
export function profileFolder() {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const folder = join(root, 'test', 'artifacts', 'bench', stamp);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Prints the only profile of a folder: functions by the time that they themselves took, without what they called. */
export function printProfile(folder) {
  const name = readdirSync(folder).find((file) => file.endsWith('.cpuprofile'));
  if (!name)
    throw new Error(`No profile was written into ${folder}: the server did not end by itself.`);
  const file = join(folder, name);
  const functions = functionsOf(JSON.parse(readFileSync(file, 'utf8')));
  const busy = functions.filter(({ title }) => !WAITING.has(title));
  const sum = busy.reduce((total, { self }) => total + self, 0);
  const rows = busy
    .sort((a, b) => b.self - a.self)
    .slice(0, TOP)
    .map(({ title, self, total }) => [
      short(self),
      `${short((100 * self) / sum)} %`,
      short(total),
      `\`${title}\``,
    ]);
  console.log(table(['self ms', 'share', 'with what it called, ms', 'function'], rows));
  console.log(`\n${short(sum)} ms of work; open it in a browser's developer tools: ${file}`);
}

/** { title, self, total } in milliseconds. `total` counts a function once where it calls itself. */
function functionsOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const selfOf = new Map();
  samples.forEach((id, index) => {
    selfOf.set(id, (selfOf.get(id) ?? 0) + timeDeltas[index] / 1000);
  });
  const found = new Map();
  const visit = (node, callers) => {
    const title = titleOf(node);
    const entry = found.get(title) ?? { title, self: 0, total: 0 };
    found.set(title, entry);
    const self = selfOf.get(node.id) ?? 0;
    const inner = callers.has(title) ? callers : new Set([...callers, title]);
    const below = (node.children ?? []).reduce((sum, id) => sum + visit(byId.get(id), inner), 0);
    entry.self += self;
    if (!callers.has(title)) entry.total += self + below;
    return self + below;
  };
  visit(nodes[0], new Set());
  return [...found.values()];
}

function titleOf({ callFrame: { functionName, url, lineNumber } }) {
  const name = functionName || '(anonymous)';
  return url ? `${name} ${url.split('/').at(-1)}:${lineNumber + 1}` : name;
}
