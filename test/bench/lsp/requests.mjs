// Questions besides diagnostics: hover, completion and symbols, while somebody types and while nobody does.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../statistics.mjs';
import { KEY_GAP_MS } from './edits.mjs';
import { probePositions } from './typist.mjs';

/** Questions in the order in which typing prefers them. */
const questions = {
  completion: {
    method: 'textDocument/completion',
    offeredAs: 'completionProvider',
    more: { context: { triggerKind: 1 } },
  },
  hover: { method: 'textDocument/hover', offeredAs: 'hoverProvider' },
  symbols: { method: 'textDocument/documentSymbol', offeredAs: 'documentSymbolProvider' },
};

const isOffered = ({ capabilities }, name) => Boolean(capabilities[questions[name].offeredAs]);

function ask({ server }, name, { uri }, position) {
  const { method, more } = questions[name];
  return server.request(method, { textDocument: { uri }, ...(position && { position }), ...more });
}

/** An empty answer is a fast one, so how many are not is measured too. */
function isFound(result) {
  if (result === null || result === undefined) return false;
  const list = Array.isArray(result) ? result : (result.items ?? result.contents);
  return typeof list === 'object' && 'length' in list
    ? list.length > 0
    : Boolean(list?.value ?? list);
}

/** `typeP50Ms`, `typeP95Ms`: from a key to the answer of a completion that is asked for with it. */
export async function measureTyping({ editor, document, metrics, options }) {
  const name = Object.keys(questions).find((one) => isOffered(editor, one));
  if (!name) return;
  await editor.rest();
  const times = [];
  let found = 0;
  const end = performance.now() + options.budgetMs;
  for (let index = 0; index < options.edits && performance.now() < end; index++) {
    const sent = editor.change(document, document.type());
    const position = name === 'symbols' ? undefined : document.caret();
    const { result, moment } = await ask(editor, name, document, position);
    times.push(moment - sent);
    if (isFound(result)) found++;
    await sleep(KEY_GAP_MS);
  }
  metrics.typeP50Ms = quantile(times, 0.5);
  metrics.typeP95Ms = quantile(times, 0.95);
  metrics.typeFound = found / times.length;
}

/**
 * The text as it is on the disk, unchanged between questions: hovers on keys all over it, symbols, completions on a line
 * just begun in its middle. Of each `…P50Ms`, `…P95Ms` and `…Found`, the share of answers that were not empty.
 */
export async function measureRequests({ editor, document, metrics, options }) {
  const series = async (name, count, positionOf) => {
    if (!isOffered(editor, name)) return;
    const times = [];
    let found = 0;
    const end = performance.now() + options.budgetMs;
    for (let index = 0; index < count && performance.now() < end; index++) {
      const { result, ms } = await ask(editor, name, document, positionOf(index));
      times.push(ms);
      if (isFound(result)) found++;
    }
    metrics[`${name}P50Ms`] = quantile(times, 0.5);
    metrics[`${name}P95Ms`] = quantile(times, 0.95);
    metrics[`${name}Found`] = found / times.length;
  };
  const type = (direction) => editor.change(document, document.type(direction));

  while (document.typed() > 0) type(-1);
  await editor.rest();
  const positions = probePositions(document, options.requests);
  await series('hover', positions.length, (index) => positions[index]);
  await series('symbols', Math.ceil(options.requests / 3), () => undefined);
  while (document.typed() < 1 + document.indent) type(1);
  await editor.rest();
  await series('completion', options.requests, () => document.caret());
}
