// Whether the diagnostics that were timed were the right ones: a server that has never seen the document must say the same.
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { startEditor } from './editor.mjs';

/** What a reader sees of diagnostics, in no order. Their `data` names a version of the document, which differs by nature. */
function seen(diagnostics) {
  const each = diagnostics.map(({ range, severity, code, message }) =>
    JSON.stringify([range, severity, code, message]),
  );
  return createHash('sha256').update(each.sort().join('\n')).digest('hex');
}

/** How many of these texts a fresh server has other diagnostics for than the ones that were kept. */
export async function countWrong(subject, { language, file }, samples, options) {
  let wrong = 0;
  for (const { text, diagnostics } of samples) {
    const editor = await startEditor(subject, { ...options, node: [] });
    const uri = pathToFileURL(file).href;
    const document = { uri, language, version: () => 1, current: () => text };
    editor.open(document);
    const truth = await editor.diagnostics(document);
    await editor.server.stop(1000);
    if (!truth || seen(truth.diagnostics) !== seen(diagnostics)) wrong++;
  }
  return wrong;
}
