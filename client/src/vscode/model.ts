/** Read-only documents that show what Compose would run: they follow the files, and every line leads to where it is written. */
import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../commands/app.ts';
import { MODEL_SCHEME } from '../commands/model/target.ts';
import { failedView, type View, viewOf } from '../commands/model/view.ts';
import { watchFolders } from './model-folders.ts';
import { registerOrigins } from './model-origins.ts';

export function createModels(
  ask: App['server']['model'],
  subscriptions: vscode.ExtensionContext['subscriptions'],
): App['models'] {
  const profiles = new Map<string, readonly string[]>();
  const views = createViews(ask, profiles);
  subscriptions.push(
    views,
    vscode.workspace.registerTextDocumentContentProvider(MODEL_SCHEME, {
      onDidChange: views.onDidChange,
      provideTextDocumentContent: async (uri) => (views.of(uri) ?? (await views.make(uri))).text,
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === MODEL_SCHEME) views.forget(uri);
    }),
    ...registerOrigins(({ uri }, line) => views.of(uri)?.lines[line]),
  );
  return {
    profiles,
    shown: () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri?.scheme === MODEL_SCHEME ? fileOf(uri) : undefined;
    },
    show: async (file) => {
      const uri = modelUri(file);
      await views.make(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      const viewColumn = columnFor(uri);
      await vscode.window.showTextDocument(document, { viewColumn, preview: false });
    },
  };
}

interface Views {
  readonly dispose: () => void;
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** What was made last. */
  readonly of: (uri: vscode.Uri) => View | undefined;
  /** Asks the server, and tells where the text has changed. */
  readonly make: (uri: vscode.Uri) => Promise<View>;
  readonly forget: (uri: vscode.Uri) => void;
}

function createViews(
  ask: App['server']['model'],
  profiles: ReadonlyMap<string, readonly string[]>,
): Views {
  const views = new Map<string, View>();
  const turns = new Map<string, number>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const folders = watchFolders(() => {
    for (const { uri } of openModels()) void make(uri);
  });
  const make = async (uri: vscode.Uri): Promise<View> => {
    const key = uri.toString();
    const turn = (turns.get(key) ?? 0) + 1;
    turns.set(key, turn);
    const file = fileOf(uri);
    const chosen = profiles.get(file);
    const answer = await ask({ uri: file, ...(chosen && { profiles: chosen }) });
    const before = views.get(key);
    // Somebody asked again meanwhile, and that answer is the newer one.
    if (before && turns.get(key) !== turn) return before;
    const view = answer.ok
      ? viewOf(answer.value, before)
      : failedView(answer.error.message, before);
    views.set(key, view);
    if (answer.ok && answer.value.kind !== 'none') folders.watch(uri, answer.value.folders);
    if (before && before.text !== view.text) changed.fire(uri);
    return view;
  };
  return {
    onDidChange: changed.event,
    of: (uri) => views.get(uri.toString()),
    make,
    forget: (uri) => {
      views.delete(uri.toString());
      turns.delete(uri.toString());
      folders.forget(uri);
    },
    dispose: () => {
      folders.dispose();
      changed.dispose();
    },
  };
}

function openModels(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === MODEL_SCHEME);
}

/** `compose.effective.yaml` for `compose.yaml`: the editor then knows the language by the name. */
function modelUri(file: string): vscode.Uri {
  const { path } = vscode.Uri.parse(file);
  const { dir, name, ext } = posix.parse(path);
  return vscode.Uri.from({
    scheme: MODEL_SCHEME,
    path: posix.join(dir, `${name}.effective${ext}`),
    query: file,
  });
}

const fileOf = ({ query }: vscode.Uri): string => query;

/** Where it is shown already, else beside the file. */
function columnFor(uri: vscode.Uri): vscode.ViewColumn {
  const group = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    ),
  );
  return group?.viewColumn ?? vscode.ViewColumn.Beside;
}
