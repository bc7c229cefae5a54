// Keystrokes one after another, each waiting for the diagnostics of the one before.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs } from '../machine.mjs';
import { quantile } from '../statistics.mjs';

/** Between an answer and the next key. */
export const KEY_GAP_MS = 10;

/** After so many keys without diagnostics nobody waits for more. */
const ENOUGH_MISSING = 3;

/** Of each phase, the diagnostics after these shares of its keys are kept, to be compared with the truth. */
const SAMPLED = [0.3, 0.66, 1];

/** Diagnostics that carry a version must carry the newest: a fix that came with an older one would be refused. */
function isOutdated({ data }, document) {
  return Number.isInteger(data?.version) && data.version !== document.version();
}

/** Edits: `editP50Ms`, `editP95Ms`, `editMaxMs` from the change to its diagnostics; `editCpuMs`, the server's CPU for each. */
export async function measureEdits(session) {
  const { editor, document, metrics, notes } = session;
  const lead = document.lead();
  if (lead) {
    editor.change(document, lead);
    await editor.diagnostics(document);
  }
  await editor.rest();
  const { pid } = editor.server;
  const cpuBefore = cpuMs(pid);
  const { times, missing, outdated } = await typeAndWait(session);
  if (missing > 0) notes.push(`${missing} keys got no diagnostics`);
  metrics.editP50Ms = quantile(times, 0.5);
  metrics.editP95Ms = quantile(times, 0.95);
  metrics.editMaxMs = quantile(times, 1);
  metrics.editCount = times.length;
  metrics.editOutdated = outdated;
  if (cpuBefore !== null && times.length > 0) {
    metrics.editCpuMs = (cpuMs(pid) - cpuBefore) / (times.length + missing);
  }
}

async function typeAndWait({ editor, document, options, samples }) {
  const sampled = new Set(SAMPLED.map((share) => Math.ceil(share * options.edits) - 1));
  const times = [];
  let missing = 0;
  let outdated = 0;
  const end = performance.now() + options.budgetMs;
  for (let index = 0; index < options.edits && performance.now() < end; index++) {
    const sent = editor.change(document, document.type());
    const found = await editor.diagnostics(document);
    if (!found) {
      if (++missing === ENOUGH_MISSING) break;
      continue;
    }
    times.push(found.moment - sent);
    if (found.diagnostics.some((one) => isOutdated(one, document))) outdated++;
    if (sampled.has(index)) {
      samples.push({ text: document.current(), diagnostics: found.diagnostics });
    }
    await sleep(KEY_GAP_MS);
  }
  return { times, missing, outdated };
}
