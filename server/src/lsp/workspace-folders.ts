/** Which folders the client has open. */
import type {
  WorkspaceFoldersChangeEvent,
  InitializeParams,
  WorkspaceFolder,
} from 'vscode-languageserver/node';
import { pathOf } from './documents.ts';

interface WorkspaceFolders {
  readonly start: (params: InitializeParams) => void;
  readonly change: (event: WorkspaceFoldersChangeEvent) => void;
  /** Absolute paths, in the client's order; folders of other file systems than the disk are left out. */
  readonly paths: () => readonly string[];
}

export function workspaceFolders(): WorkspaceFolders {
  let uris: readonly string[] = [];
  return {
    start: (params) => {
      uris = foldersAtStart(params);
    },
    change: ({ added, removed }) => {
      const gone = new Set(removed.map(uriOf));
      uris = [...uris.filter((uri) => !gone.has(uri)), ...added.map(uriOf)];
    },
    paths: () => [...new Set(uris.flatMap((uri) => pathOf(uri) ?? []))],
  };
}

/** Older clients know one folder only, under a name that the protocol has deprecated since. */
function foldersAtStart(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(uriOf);
  const { rootUri } = params as { readonly rootUri?: string | null };
  return typeof rootUri === 'string' ? [rootUri] : [];
}

const uriOf = ({ uri }: WorkspaceFolder): string => uri;
