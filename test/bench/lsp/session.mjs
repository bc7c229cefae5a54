// One session with one server: a new process, a document, and the phases that were asked for. Answers numbers.
import { pathToFileURL } from 'node:url';
import { performance } from 'node:perf_hooks';
import { cpuMs, memoryMiB, watchOthers } from '../machine.mjs';
import { startEditor } from './editor.mjs';
import { measureEdits } from './edits.mjs';
import { measureBurst, measureDelay, measureReopen } from './phases.mjs';
import { measureRequests, measureTyping } from './requests.mjs';
import { placesOf, typist } from './typist.mjs';

/** Time for a server to end by itself; a profile has to be written meanwhile. */
const GRACE_MS = 1000;
const PROFILE_GRACE_MS = 60_000;

/** What a session can do, in this order. */
const phases = {
  edit: measureEdits,
  type: measureTyping,
  burst: measureBurst,
  requests: measureRequests,
  reopen: measureReopen,
  delay: measureDelay,
};

export const phaseNames = Object.keys(phases);

/**
 * Measures `subject` ({ script, settings, initializationOptions }) with `document` ({ language, file, text }). `options`:
 * folder, diagnostics, timeout, idleMs, node (see the editor), phases, edits, requests, budgetMs, burstGapMs, and
 * `place`, the kind of edit. Answers { metrics, samples, notes, pulls, capabilities, othersPercent }.
 */
export async function runSession(subject, { language, file, text }, options) {
  const others = watchOthers();
  const editor = await startEditor(subject, options);
  const { pid } = editor.server;
  const isProfiled = (options.node ?? []).length > 0;
  try {
    const uri = pathToFileURL(file).href;
    const document = typist(uri, language, text, placesOf(language, text)[options.place]);
    const session = {
      editor,
      document,
      options,
      samples: [],
      notes: [],
      metrics: { initializeMs: editor.initializeMs },
    };
    await measureOpening(session);
    for (const name of options.phases) await phases[name](session);
    const { metrics, samples, notes } = session;
    metrics.rssEndMiB = memoryMiB(pid, 'VmRSS');
    metrics.peakRssMiB = memoryMiB(pid, 'VmHWM');
    metrics.unchangedReports = editor.unchanged();
    return {
      ...{ metrics, samples, notes, pulls: editor.isPulling(), capabilities: editor.capabilities },
      othersPercent: others(cpuMs(pid) ?? 0),
    };
  } finally {
    await editor.server.stop(isProfiled ? PROFILE_GRACE_MS : GRACE_MS);
  }
}

/** From the file's opening to its first diagnostics, and to the last where some come later. */
async function measureOpening({ editor, document, metrics, notes, options }) {
  const { server } = editor;
  const opened = performance.now();
  editor.open(document);
  const first = await editor.diagnostics(document);
  if (!first) throw new Error('The server gave no diagnostics when the file was opened.');
  metrics.openFirstMs = first.moment - opened;
  let last = first;
  while (!editor.isPulling()) {
    const quietMs = Math.max(options.idleMs, 2 * (last.moment - opened));
    const next = await server.nextReport(document.uri, 0, quietMs);
    if (!next || next.moment - opened > options.timeout) break;
    last = next;
  }
  if (last !== first) notes.push('diagnostics came in several reports on opening');
  metrics.openSettledMs = last.moment - opened;
  metrics.openItems = last.diagnostics.length;
  metrics.rssOpenMiB = memoryMiB(server.pid, 'VmRSS');
}
