/** Builds the App out of the editor's parts and ties everything to the extension's life. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../commands/app.ts';
import { commands } from '../commands/table.ts';
import { connect } from '../docker/connect.ts';
import { createLanguage } from './language.ts';
import { createModels } from './model.ts';
import { registerCommands } from './register.ts';
import { createServicesView } from './tree.ts';
import { createUi } from './ui.ts';

/** The server is started beside this, not waited for; the engine is not touched. */
export function activateExtension(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Dockwright', { log: true });
  const lifetime = new AbortController();
  const connectAsSet = () => connect(setting('docker.host', ''));
  const services = createServicesView({ connect: connectAsSet, log }, context.subscriptions);
  const language = createLanguage(context, log);
  const app: App = {
    ui: createUi(log, context.subscriptions),
    connect: connectAsSet,
    services,
    server: language,
    models: createModels(language.model, context.subscriptions),
    backups: {
      folder: backupFolder,
      show: (path) => vscode.workspace.asRelativePath(path),
      now: () => new Date(),
    },
    followed: new Set(),
    lifetime: lifetime.signal,
  };
  context.subscriptions.push(
    log,
    ...registerCommands(commands, app, log),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('dockwright.enable')) void language.adjust();
      if (event.affectsConfiguration('dockwright.docker.host')) services.refresh();
    }),
    {
      dispose: () => {
        lifetime.abort();
        void language.stop();
      },
    },
  );
  void language.adjust();
}

function setting(name: string, otherwise: string): string {
  return vscode.workspace.getConfiguration('dockwright').get(name, otherwise);
}

/** Absolute as it is, `~` from the home folder, anything else from the first workspace folder. */
function backupFolder(): string | undefined {
  const folder = setting('backup.folder', 'backups').trim() || 'backups';
  if (folder === '~' || /^~[\\/]/.test(folder)) return join(homedir(), folder.slice(1));
  if (isAbsolute(folder)) return folder;
  const first = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return first && join(first.uri.fsPath, folder);
}
