/** Changes of files → a workspace edit, in the form that the client understands. */
import {
  CreateFile,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Client } from './client.ts';

export interface FileChange {
  readonly uri: string;
  /** The version that the edits are for; null for a file that is not open. */
  readonly version: number | null;
  /** The file does not exist yet. */
  readonly creates: boolean;
  readonly edits: TextEdit[];
}

/** Why a client cannot be given some changes, for the user to read. */
export const CANNOT_CREATE =
  'This fix makes a new file, which this editor does not let a language server do. Use `dockwright fix` in a terminal.';

/** Undefined where the changes make a file and the client cannot do that: half a fix is none. */
export function workspaceEdit(
  changes: readonly FileChange[],
  client: Client,
): WorkspaceEdit | undefined {
  if (changes.some(({ creates }) => creates) && !client.createsFiles) return undefined;
  if (!client.versionedEdits) {
    return { changes: Object.fromEntries(changes.map(({ uri, edits }) => [uri, edits])) };
  }
  return {
    documentChanges: changes.flatMap(({ uri, version, creates, edits }) => [
      // A file that somebody made in the meantime makes the whole edit fail; nothing of theirs is overwritten.
      ...(creates ? [CreateFile.create(uri, { overwrite: false, ignoreIfExists: false })] : []),
      TextDocumentEdit.create({ uri, version }, edits),
    ]),
  };
}
