/** An editor for tests: talks the real protocol to the server over two streams, and does what a user sees it do. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  CancellationTokenSource,
  CreateFile,
  FileChangeType,
  TextDocumentEdit,
  type ApplyWorkspaceEditParams,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type PublishDiagnosticsParams,
  type TextDocumentContentChangeEvent,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { connect, modern, type ServerSetup } from './connect.ts';
import { create, makeFolder, save, uriOf } from './folder.ts';

interface Setup extends ServerSetup {
  readonly files?: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  /** The editor's `dockwright` settings. */
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
}

export async function startEditor(setup: Setup = {}) {
  const folder = makeFolder(setup.files);
  const seen = {
    checks: [] as string[],
    log: [] as string[],
    warnings: [] as string[],
    refreshes: 0,
    registered: [] as string[],
    published: [] as PublishDiagnosticsParams[],
    applied: [] as ApplyWorkspaceEditParams[],
    progress: [] as unknown[],
  };
  const will = {
    settings: setup.settings,
    acceptEdits: true,
    /** Called when the server begins to show progress. */
    onProgress: (_token: unknown): void => undefined,
  };
  const connection = connect(setup, (uri) => seen.checks.push(uri));
  const documents = new Map<string, TextDocument>();
  let current = '';
  const waiting = new Set<() => void>();
  const happened = (): void => waiting.forEach((look) => look());

  connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
    seen.log.push(message);
    happened();
  });
  connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
    seen.warnings.push(message);
  });
  connection.onNotification(
    'textDocument/publishDiagnostics',
    (params: PublishDiagnosticsParams) => {
      seen.published.push(params);
      happened();
    },
  );
  connection.onNotification(
    '$/progress',
    ({ token, value }: { token: unknown; value: unknown }) => {
      seen.progress.push(value);
      will.onProgress(token);
    },
  );
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => will.settings),
  );
  connection.onRequest('workspace/diagnostic/refresh', () => {
    seen.refreshes++;
    happened();
    return null;
  });
  connection.onRequest(
    'client/registerCapability',
    ({ registrations }: { registrations: { method: string }[] }) => {
      seen.registered.push(...registrations.map(({ method }) => method));
      return null;
    },
  );
  connection.onRequest('workspace/applyEdit', async (params: ApplyWorkspaceEditParams) => {
    if (!will.acceptEdits) return { applied: false, failureReason: 'the user is typing' };
    seen.applied.push(params);
    await editor.applyEdit(params.edit);
    return { applied: true };
  });

  const editor = {
    folder,
    seen,
    will,
    connection,
    initialized: undefined as unknown as InitializeResult,
    uri: (name?: string) => (name === undefined ? current : uriOf(folder, name)),

    /** Opens a document and makes it the current one. A name with a colon is a whole address. */
    async open(text: string, name = 'compose.yaml', languageId = 'yaml') {
      current = uriOf(folder, name);
      documents.set(current, TextDocument.create(current, languageId, 1, text));
      const textDocument = { uri: current, languageId, version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
    },

    /** Opens a file of the folder as it is on the disk. */
    openFile: (name: string) => editor.open(readFileSync(join(folder, name), 'utf8'), name),

    async close(name?: string) {
      const uri = editor.uri(name);
      documents.delete(uri);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },

    /** Types: a whole new text, or a change in one place, as the next version of the current document. */
    async change(change: string | TextDocumentContentChangeEvent, name?: string) {
      const document = documents.get(editor.uri(name))!;
      const contentChanges = [typeof change === 'string' ? { text: change } : change];
      TextDocument.update(document, contentChanges, document.version + 1);
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: document.uri, version: document.version },
        contentChanges,
      });
    },

    text: (name?: string) => documents.get(editor.uri(name))!.getText(),
    version: (name?: string) => documents.get(editor.uri(name))!.version,
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),

    /** Something else than the editor writes a file, and the editor's watcher sees it. */
    async write(name: string, text: string) {
      save(join(folder, name), text);
      await editor.tellChanged(name);
    },
    async remove(name: string) {
      rmSync(join(folder, name));
      await editor.tellChanged(name);
    },
    async tellChanged(name: string) {
      const changes = [{ uri: uriOf(folder, name), type: FileChangeType.Changed }];
      await connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    },
    async configure(settings: unknown) {
      will.settings = settings;
      await connection.sendNotification('workspace/didChangeConfiguration', {
        settings: { dockwright: settings },
      });
    },

    /** Resolves when the server has heard everything so far. */
    roundTrip: () => connection.sendRequest('workspace/executeCommand', { command: 'none' }),

    pull: (name?: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
      connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: editor.uri(name) },
        ...(previousResultId !== undefined && { previousResultId }),
      }),

    cancellablePull() {
      const source = new CancellationTokenSource();
      const request: Promise<DocumentDiagnosticReport> = connection.sendRequest(
        'textDocument/diagnostic',
        { textDocument: { uri: current } },
        source.token,
      );
      return { request, cancel: () => source.cancel() };
    },

    /** What the editor shows for a document: pulled, or the newest that was sent for this version. */
    async diagnostics(name?: string): Promise<Diagnostic[]> {
      const report = editor.initialized.capabilities.diagnosticProvider
        ? await editor.pull(name)
        : undefined;
      if (report) return report.kind === 'full' ? report.items : [];
      return (await editor.publishedFor(name, editor.version(name))).diagnostics;
    },
    /** `rule line` of each diagnostic. */
    rules: async (name?: string) =>
      (await editor.diagnostics(name)).map(
        ({ code, range }) => `${String(code)} ${range.start.line}`,
      ),

    /** The newest diagnostics that were sent for a document, as soon as there are some that fit. */
    async publishedFor(name: string | undefined, version?: number) {
      const uri = editor.uri(name);
      const newest = () => seen.published.findLast((params) => params.uri === uri);
      await editor.until(() => {
        const found = newest();
        return found !== undefined && (version === undefined || found.version === version);
      });
      return newest()!;
    },

    /** Resolves when something that the server told makes it true; the suite's time limit is the only clock. */
    until: (isTrue: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!isTrue()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),

    /** The actions that a lightbulb on a line would list. */
    async actionsAt(line: number, only?: string[]): Promise<CodeAction[]> {
      const diagnostics = await editor.diagnostics();
      return editor.actionsFor(
        diagnostics.filter(({ range }) => range.start.line <= line && line <= range.end.line),
        only,
      );
    },
    actionsFor: (diagnostics: readonly Diagnostic[], only?: string[]): Promise<CodeAction[]> =>
      connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: current },
        range: diagnostics[0]?.range ?? {
          start: { line: 0, character: 0 },
          end: { line: 0, character: 0 },
        },
        context: { diagnostics, ...(only && { only }) },
      }),

    /** Does what choosing an action does. */
    async apply(action: CodeAction) {
      const chosen: CodeAction =
        action.edit || action.data === undefined
          ? action
          : await connection.sendRequest('codeAction/resolve', action);
      if (chosen.edit) await editor.applyEdit(chosen.edit);
    },
    async choose(line: number, title: string | RegExp) {
      const actions = await editor.actionsAt(line);
      const action = actions.find((one) =>
        typeof title === 'string' ? one.title === title : title.test(one.title),
      );
      if (!action) throw new Error(`there is no ${String(title)}`);
      await editor.apply(action);
    },
    async save() {
      for (const action of await editor.actionsFor([], ['source.fixAll.dockwright'])) {
        await editor.apply(action);
      }
    },

    async applyEdit({ changes, documentChanges }: WorkspaceEdit) {
      for (const change of documentChanges ?? []) {
        if (CreateFile.is(change)) create(fileURLToPath(change.uri), change.options);
        else if (TextDocumentEdit.is(change)) {
          const { uri, version } = change.textDocument;
          const open = documents.get(uri);
          if (open && version !== open.version)
            throw new Error(`edit for version ${String(version)}`);
          await editTexts(uri, change.edits as never);
        }
      }
      for (const [uri, edits] of Object.entries(changes ?? {})) await editTexts(uri, edits);
    },
  };

  async function editTexts(uri: string, edits: Parameters<typeof TextDocument.applyEdits>[1]) {
    const open = documents.get(uri);
    if (open) {
      const text = TextDocument.applyEdits(open, edits);
      TextDocument.update(open, [{ text }], open.version + 1);
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: open.version },
        contentChanges: [{ text }],
      });
      return;
    }
    const path = fileURLToPath(uri);
    const before = TextDocument.create(uri, '', 0, readFileSync(path, 'utf8'));
    save(path, TextDocument.applyEdits(before, edits));
  }

  editor.initialized = await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'test' }],
    capabilities: setup.capabilities ?? modern,
    initializationOptions: setup.initializationOptions,
  });
  await connection.sendNotification('initialized', {});
  return editor;
}
