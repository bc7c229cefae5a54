/** The editor's messages, pickers, progress and channels behind the commands' port. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Choice, LogChannel, Ui } from '../commands/app.ts';

/** Channels that this makes are taken away with `subscriptions`. */
export function createUi(
  log: vscode.LogOutputChannel,
  subscriptions: vscode.ExtensionContext['subscriptions'],
): Ui {
  const channels = new Map<string, LogChannel>();
  return {
    ...messages(log),
    pick,
    pickMany,
    confirm,
    inView: (work) =>
      Promise.resolve(
        vscode.window.withProgress({ location: { viewId: 'dockwright.services' } }, work),
      ),
    cancellable,
    logChannel: (id, name) => {
      const known = channels.get(id);
      if (known) return known;
      const output = vscode.window.createOutputChannel(`Dockwright: ${name}`, 'log');
      subscriptions.push(output);
      const channel: LogChannel = {
        write: (line) => {
          output.appendLine(line);
        },
        clear: () => {
          output.clear();
        },
        show: () => {
          output.show(true);
        },
      };
      channels.set(id, channel);
      return channel;
    },
    showOutput: () => {
      log.show();
    },
    openSettings,
    activeDocument: () => {
      const document = vscode.window.activeTextEditor?.document;
      return document && { uri: document.uri.toString(), name: basename(document.uri.path) };
    },
  };
}

function messages(
  log: vscode.LogOutputChannel,
): Pick<Ui, 'inform' | 'informOfFile' | 'informAtLength'> {
  return {
    inform: (message) => {
      log.info(message);
      void vscode.window.showInformationMessage(message);
    },
    informOfFile: (message, path) => {
      log.info(`${message} ${path}`);
      void (async () => {
        const button = 'Show File';
        if ((await vscode.window.showInformationMessage(message, button)) !== button) return;
        const uri = vscode.Uri.file(path);
        const inside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
        await vscode.commands.executeCommand(inside ? 'revealInExplorer' : 'revealFileInOS', uri);
      })();
    },
    informAtLength: (message, text) => {
      for (const line of text) log.info(line);
      void (async () => {
        const button = 'Show All';
        const chosen = await vscode.window.showInformationMessage(message, button);
        if (chosen === button) log.show();
      })();
    },
  };
}

async function pick<T>(question: string, choices: readonly Choice<T>[]): Promise<T | undefined> {
  const chosen = await vscode.window.showQuickPick(
    choices.map(({ label, description, value }) => ({ label, description, value })),
    { title: question, matchOnDescription: true },
  );
  return chosen?.value;
}

async function pickMany<T>(
  question: string,
  choices: readonly Choice<T>[],
  chosen: readonly T[],
): Promise<readonly T[] | undefined> {
  const picked = await vscode.window.showQuickPick(
    choices.map(({ label, description, value }) => ({
      label,
      description,
      value,
      picked: chosen.includes(value),
    })),
    { title: question, canPickMany: true, matchOnDescription: true },
  );
  return picked?.map(({ value }) => value);
}

async function confirm(question: string, detail: string, button: string): Promise<boolean> {
  const options = { modal: true, detail };
  return (await vscode.window.showWarningMessage(question, options, button)) === button;
}

/** The address of the engine belongs to the machine: in a remote window, only the remote settings show it. */
async function openSettings(id?: string): Promise<void> {
  const query = id === undefined ? '@ext:dockwright.dockwright' : `@id:${id}`;
  const remote = id !== undefined && vscode.env.remoteName !== undefined;
  await vscode.commands.executeCommand(
    remote ? 'workbench.action.openRemoteSettings' : 'workbench.action.openSettings',
    { query },
  );
}

/** Only a notification has a Cancel button. */
function cancellable<T>(
  title: string,
  work: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    vscode.window.withProgress(options, (progress, token) => {
      const cancelled = new AbortController();
      token.onCancellationRequested(() => {
        cancelled.abort();
      });
      return work((message) => {
        progress.report({ message });
      }, cancelled.signal);
    }),
  );
}
