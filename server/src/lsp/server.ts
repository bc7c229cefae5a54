/** The language server: what it offers, and which part answers what. */
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type CancellationToken,
  type Connection,
  type InitializeParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { FileFacts } from '../project/files.ts';
import { APPLY_FIXES_COMMAND } from '../protocol/fixes.ts';
import { MODEL_REQUEST } from '../protocol/model.ts';
import { documentChecks, type Checks } from './checks.ts';
import { clientOf, type Client } from './client.ts';
import { codeActions, FIX_ALL_KIND, resolveCodeAction } from './code-actions.ts';
import { configReport, type ConfigReport } from './config-report.ts';
import { pullDiagnostics, pullPublisher, pushPublisher, type Publisher } from './diagnostics.ts';
import { trackDocuments, type Documents } from './documents.ts';
import { applyFixes, NOTHING_FIXED } from './fixes.ts';
import { crashLog, guarded, type CrashLog } from './guard.ts';
import { effectiveModels, type Models } from './model.ts';
import { settingsSource, type SettingsSource } from './settings.ts';
import { workspaceFolders } from './workspace-folders.ts';

interface Options {
  /** Called with a document's address each time the engine really works on it. */
  readonly onCheck?: (uri: string) => void;
  /** Of the process, as Compose would find it when it shows what it would run; checks do not depend on it. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Files whose change can change findings, whether anybody has them open or not. */
const WATCHED = [
  '**/.dockwright.{yaml,yml}',
  '**/{compose,compose.*,*docker*compose*}.{yaml,yml}',
  '**/{Dockerfile,Dockerfile.*,*.dockerfile,Containerfile,Containerfile.*,*.containerfile}',
  '**/{.dockerignore,*.dockerignore}',
];

interface Parts {
  readonly connection: Connection;
  readonly client: () => Client;
  readonly documents: Documents;
  readonly settings: SettingsSource;
  readonly checks: Checks;
  readonly models: Models;
  readonly crashed: CrashLog;
  readonly configs: ConfigReport;
  readonly publisher: () => Publisher;
  readonly folders: ReturnType<typeof workspaceFolders>;
}

/** Registers all handlers; the caller makes the connection listen. `disk` are the facts of files as they are saved. */
export function startServer(connection: Connection, disk: FileFacts, options: Options = {}): void {
  let client = clientOf({ capabilities: {} } as InitializeParams);
  const folders = workspaceFolders();
  const documents = trackDocuments(connection, disk, {
    changed: (uri) => {
      configs.review();
      publisher().changed(uri);
    },
    closed: (uri) => {
      checks.forget(uri);
      settings.forget(uri);
      publisher().closed(uri);
    },
    costOf: (uri) => checks.costOf(uri),
  });
  const settings = settingsSource(connection, () => client, documents);
  const configs = configReport(connection, documents);
  const crashed = crashLog(connection);
  const checks = documentChecks({
    crashed,
    documents,
    settings,
    onConfig: configs.found,
    onCheck: options.onCheck ?? (() => undefined),
  });
  const models = effectiveModels(documents, options.environment ?? {});
  const ports = { connection, documents, checks };
  const pull = pullPublisher(ports, () => client);
  const push = pushPublisher(ports);
  const publisher = (): Publisher => (client.pullsDiagnostics ? pull : push);

  connection.onInitialize((params) => {
    client = clientOf(params);
    folders.start(params);
    return { capabilities: capabilitiesFor(client), serverInfo: { name: 'dockwright' } };
  });
  const parts = {
    ...ports,
    models,
    crashed,
    client: () => client,
    settings,
    configs,
    publisher,
    folders,
  };
  answerRequests(parts);
  hearChanges(parts);
}

function capabilitiesFor(client: Client): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    codeActionProvider: {
      codeActionKinds: ['quickfix', FIX_ALL_KIND],
      resolveProvider: client.resolvesEdits,
    },
    executeCommandProvider: { commands: [APPLY_FIXES_COMMAND], workDoneProgress: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(client.pullsDiagnostics && {
      diagnosticProvider: {
        identifier: 'dockwright',
        interFileDependencies: true,
        workspaceDiagnostics: false,
      },
    }),
  };
}

function answerRequests(parts: Parts): void {
  const { connection, documents, checks, models, crashed, settings, folders } = parts;
  const forActions = () => ({ documents, checks, crashed, client: parts.client() });
  connection.languages.diagnostics.on((params, token) =>
    guarded(connection, 'diagnostics', { kind: 'full' as const, items: [] }, () =>
      pullDiagnostics(params, token, parts),
    ),
  );
  connection.onCodeAction((params) =>
    guarded(connection, 'code actions', [], () => codeActions(params, forActions())),
  );
  connection.onCodeActionResolve((action) =>
    guarded(connection, 'resolving a code action', action, () =>
      resolveCodeAction(action, forActions()),
    ),
  );
  connection.onRequest(MODEL_REQUEST, (params: unknown, token: CancellationToken) =>
    guarded(connection, 'the effective model', null, async () => {
      return (await models.answer(params, token)) ?? null;
    }),
  );
  connection.onExecuteCommand(({ command, arguments: [argument] = [] }, token, progress) => {
    if (command !== APPLY_FIXES_COMMAND) return null;
    const paths = folders.paths();
    const ports = { ...forActions(), connection, settings, folders: paths };
    return guarded(connection, 'applying fixes', NOTHING_FIXED, () =>
      applyFixes(argument, token, progress, ports),
    );
  });
}

function hearChanges({ connection, client, settings, configs, publisher, folders }: Parts): void {
  connection.onInitialized(() => {
    if (client().changesFolders) connection.workspace.onDidChangeWorkspaceFolders(folders.change);
    return guarded(connection, 'registering for changes', undefined, () =>
      registerForChanges(connection, client()),
    );
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.editorChanged(pushed);
    publisher().allChanged();
  });
  connection.onDidChangeWatchedFiles(() => {
    configs.review();
    publisher().allChanged();
  });
}

async function registerForChanges(connection: Connection, client: Client): Promise<void> {
  if (client.registersConfiguration) {
    await connection.client.register(DidChangeConfigurationNotification.type, {
      section: 'dockwright',
    });
  }
  if (client.registersWatchers) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: WATCHED.map((globPattern) => ({ globPattern })),
    });
  }
}
