/** Notices changes in the folders that effective models are made from, on the disk and in editors. */
import * as vscode from 'vscode';

/** How long nothing has changed before it is told, in milliseconds. */
const PAUSE = 200;

export interface Folders {
  readonly dispose: () => void;
  /** From now on, a document depends on what lies in these folders. */
  readonly watch: (document: vscode.Uri, folders: readonly string[]) => void;
  readonly forget: (document: vscode.Uri) => void;
}

/** Calls `onChange` a moment after something changed in the folders, on the disk or in an editor. */
export function watchFolders(onChange: () => void): Folders {
  const wanted = new Map<string, readonly string[]>();
  const watchers = new Map<string, vscode.Disposable>();
  let timer: NodeJS.Timeout | undefined;
  const touch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, PAUSE);
  };
  const adjust = (): void => {
    const needed = new Set([...wanted.values()].flat());
    for (const [folder, watcher] of watchers) {
      if (needed.has(folder)) continue;
      watcher.dispose();
      watchers.delete(folder);
    }
    for (const folder of needed) {
      if (!watchers.has(folder)) watchers.set(folder, watchFolder(folder, touch));
    }
  };
  const touchFor = ({ uri }: vscode.TextDocument): void => {
    const folder = vscode.Uri.joinPath(uri, '..').path;
    if ([...watchers.keys()].some((one) => vscode.Uri.parse(one).path === folder)) touch();
  };
  const listeners = [
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme === 'file') touchFor(document);
    }),
    // An unsaved text that is thrown away gives way to the one of the disk.
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.uri.scheme === 'file') touchFor(document);
    }),
  ];
  return {
    watch: (document, folders) => {
      wanted.set(document.toString(), folders);
      adjust();
    },
    forget: (document) => {
      wanted.delete(document.toString());
      adjust();
    },
    dispose: () => {
      clearTimeout(timer);
      wanted.clear();
      adjust();
      for (const listener of listeners) listener.dispose();
    },
  };
}

function watchFolder(folder: string, touch: () => void): vscode.Disposable {
  const pattern = new vscode.RelativePattern(vscode.Uri.parse(folder), '*');
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(touch),
    watcher.onDidCreate(touch),
    watcher.onDidDelete(touch),
  );
}
