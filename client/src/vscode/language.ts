/** The language client: starts the server beside the editor, and asks it to fix files. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind, type WorkspaceEdit } from 'vscode-languageclient/node';
import {
  APPLY_FIXES_COMMAND,
  type ApplyFixesParams,
  type ApplyFixesResult,
} from '../../../server/src/protocol/fixes.ts';
import {
  MODEL_REQUEST,
  type ModelAnswer,
  type ModelParams,
} from '../../../server/src/protocol/model.ts';
import { type Advice, fail, ok, type Result } from '../docker/failure.ts';

const SELECTOR = ['file', 'untitled'].flatMap((scheme) => [
  { scheme, language: 'dockercompose' },
  { scheme, language: 'dockerfile' },
  { scheme, language: 'dotenv' },
  { scheme, pattern: '**/{.env,.env.*,*.env}' },
  { scheme, language: 'yaml', pattern: '**/{compose,docker-compose}*.{yml,yaml}' },
  { scheme, pattern: '**/.dockwright.{yaml,yml}' },
]);

export interface Language {
  /** Starts or stops the server as the setting `dockwright.enable` says. Never throws. */
  readonly adjust: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly applyFixes: (params: ApplyFixesParams) => Promise<Result<ApplyFixesResult, Advice>>;
  /** Carries out a `WorkspaceEdit` of the protocol; false when the document has moved on, or nobody is there to read it. */
  readonly applyEdit: (edit: unknown) => Promise<boolean>;
  /** What Compose would run. Waits for a server that is starting; a later call does not end an earlier one. */
  readonly model: (params: ModelParams) => Promise<Result<ModelAnswer, Advice>>;
}

export function createLanguage(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Language {
  const running: { client?: LanguageClient | undefined } = {};

  const stop = async (): Promise<void> => {
    const { client } = running;
    delete running.client;
    await client?.dispose();
  };
  return {
    stop,
    adjust: async () => {
      const wanted = vscode.workspace.getConfiguration('dockwright').get<boolean>('enable', true);
      try {
        if (!wanted) {
          await stop();
        } else if (!running.client) {
          running.client = createClient(context, log);
          await running.client.start();
        }
      } catch (error) {
        log.error('The language server did not start', error instanceof Error ? error : '');
        void vscode.window.showErrorMessage(
          'Dockwright cannot check your files, because its language server did not start. The output says why; reload the window to try again.',
        );
      }
    },
    applyEdit: async (edit) => {
      const converted = await running.client?.protocol2CodeConverter.asWorkspaceEdit(
        edit as WorkspaceEdit,
      );
      return converted ? vscode.workspace.applyEdit(converted) : false;
    },
    applyFixes: (params) => askForFixes(running.client, params),
    model: (params) => askForModel(running.client, params),
  };
}

async function askForFixes(
  client: LanguageClient | undefined,
  params: ApplyFixesParams,
): Promise<Result<ApplyFixesResult, Advice>> {
  if (!client?.isRunning()) return fail(OFF);
  try {
    const result: ApplyFixesResult = await client.sendRequest('workspace/executeCommand', {
      command: APPLY_FIXES_COMMAND,
      arguments: [params],
    });
    return ok(result);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail({
      message: `Nothing was fixed: ${reason}. The output says more.`,
      button: SHOW_OUTPUT,
    });
  }
}

async function askForModel(
  client: LanguageClient | undefined,
  params: ModelParams,
): Promise<Result<ModelAnswer, Advice>> {
  if (!client) return fail(NO_MODEL);
  try {
    const answer: ModelAnswer | null = await client.sendRequest(MODEL_REQUEST, params);
    return answer ? ok(answer) : fail({ ...BROKEN, button: SHOW_OUTPUT });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail({ message: `${BROKEN.message} (${reason})`, button: SHOW_OUTPUT });
  }
}

const OPEN_SETTINGS = { title: 'Open Settings', command: 'dockwright.openSettings' };
const SHOW_OUTPUT = { title: 'Show Output', command: 'dockwright.showOutput' };

const OFF: Advice = {
  message:
    'Dockwright does not check files at the moment, so it cannot fix them. Set dockwright.enable to true, or wait until it has started.',
  button: OPEN_SETTINGS,
};

const NO_MODEL: Advice = {
  message:
    'Dockwright does not read files at the moment, so it cannot say what Compose would run. Set dockwright.enable to true.',
  button: OPEN_SETTINGS,
};

const BROKEN: Advice = {
  message: 'The effective model could not be made. The output says more.',
};

function createClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): LanguageClient {
  const module = join(context.extensionPath, 'dist', 'server.js');
  const server = { module, transport: TransportKind.ipc };
  return new LanguageClient('dockwright', 'Dockwright', server, {
    documentSelector: SELECTOR,
    outputChannel: log,
    // The server then offers actions that run a command of this side.
    initializationOptions: { clientCommands: true },
  });
}
