// Phases beyond single keystrokes: keys faster than answers, a file that was open before, and a file of three lines.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../statistics.mjs';
import { KEY_GAP_MS } from './edits.mjs';
import { placesOf, typist } from './typist.mjs';

/** Keys in a nearly empty document. */
const TINY_KEYS = 7;
const TINY = {
  dockerfile: 'FROM alpine:3.20\nRUN true\nCMD ["true"]\n',
  dockercompose: 'name: tiny\nservices:\n  a:\n    image: alpine:3.20\n',
};

/**
 * Keys at a steady pace that nobody waits for: `burstSettleMs` from the last to the diagnostics of the last,
 * `burstReports` how many reports came, `burstHoverMs` a hover that is asked for behind the last key.
 * Who pulls asks again at every key and takes the question before back, as editors do.
 */
export async function measureBurst({ editor, document, metrics, options }) {
  await editor.rest();
  const { server } = editor;
  const before = server.reports.length;
  const asked = [];
  let sent;
  for (let index = 0; index < options.edits; index++) {
    if (index > 0) await sleep(options.burstGapMs);
    sent = editor.change(document, document.type());
    if (!editor.isPulling()) continue;
    if (asked.length > 0) server.notify('$/cancelRequest', { id: asked.at(-1).id });
    asked.push(editor.pull(document));
  }
  if (editor.capabilities.hoverProvider) {
    const position = { line: document.anchor.line, character: document.indent + 1 };
    const textDocument = { uri: document.uri };
    metrics.burstHoverMs = (
      await server.request('textDocument/hover', { textDocument, position })
    ).ms;
  }
  if (editor.isPulling()) {
    const answers = await Promise.all(asked.map(({ answer }) => answer));
    const last = answers.at(-1) ?? (await editor.diagnostics(document));
    metrics.burstSettleMs = last.moment - sent;
    metrics.burstReports = answers.filter(Boolean).length;
    return;
  }
  await editor.rest();
  const reports = server.reports.slice(before).filter(({ uri }) => uri === document.uri);
  const last = reports.filter(({ moment }) => moment >= sent).at(-1);
  if (last) metrics.burstSettleMs = last.moment - sent;
  metrics.burstReports = reports.length;
}

/** `reopenMs`: the same file closed and opened again, by a server that is warm. */
export async function measureReopen({ editor, document, metrics }) {
  editor.close(document);
  await editor.rest(); // Servers often send an empty list for a file that is closed: let that pass.
  const { uri, language, text } = document;
  const again = typist(uri, language, text, placesOf(language, text).keys);
  const opened = performance.now();
  editor.open(again);
  const found = await editor.diagnostics(again);
  if (found) metrics.reopenMs = found.moment - opened;
}

/** `fixedDelayMs`: what an edit takes where there is nearly nothing to do, so mostly the wait that the server imposes. */
export async function measureDelay({ editor, document, metrics }) {
  const { language } = document;
  const text = TINY[language];
  const uri = document.uri.replace(/\/([^/]*)$/, '/tiny/$1');
  const tiny = typist(uri, language, text, placesOf(language, text).keys);
  editor.open(tiny);
  await editor.diagnostics(tiny);
  await editor.rest();
  const times = [];
  for (let index = 0; index < TINY_KEYS; index++) {
    const sent = editor.change(tiny, tiny.type());
    const found = await editor.diagnostics(tiny);
    if (found) times.push(found.moment - sent);
    await sleep(KEY_GAP_MS);
  }
  const delay = median(times);
  if (delay !== null) metrics.fixedDelayMs = delay;
}
