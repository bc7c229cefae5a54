/** Fix All Problems in File: every fix for the document that is open. */
import type { App, Command, Outcome } from '../app.ts';
import { applyFixes } from './apply.ts';

/** The documents that the server checks, for the editor's `when`; effective models look like them, and cannot be changed. */
const CHECKED =
  'resourceScheme != dockwright-model && (editorLangId == dockercompose || editorLangId == dockerfile || resourceFilename =~ /^(docker-)?compose.*\\.ya?ml$/)';

export const fixFile = {
  id: 'dockwright.fix.file',
  title: 'Fix All Problems in File',
  menus: [{ menu: 'editor/context', when: CHECKED, group: '1_modification@50' }],
  palette: CHECKED,
  run,
} as const satisfies Command;

async function run(app: App): Outcome {
  const document = app.ui.activeDocument();
  if (!document) {
    return { message: 'No file is open to be fixed. Open a Compose file or a Dockerfile first.' };
  }
  return applyFixes(app, { uri: document.uri, unsafe: true }, `in ${document.name}`);
}
