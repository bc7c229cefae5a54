/** The two ends of a connection: our server, and an editor with abilities to choose from. */
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { diskFacts } from '../../server/src/files/disk.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import type { FileFacts } from '../../server/src/project/files.ts';

/** What a modern editor can do; tests take away what they are about. */
export const modern = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
  textDocument: {
    diagnostic: {},
    codeAction: {
      dataSupport: true,
      disabledSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
} satisfies ClientCapabilities;

/** An editor that knows nothing of pulling: it waits for what it is sent. */
export const pushed = {
  ...modern,
  textDocument: { codeAction: modern.textDocument.codeAction },
} satisfies ClientCapabilities;

/** The capabilities of a modern editor, with other ones for code actions or workspace edits. */
export const editorWith = (
  codeAction: object,
  workspaceEdit: object = modern.workspace.workspaceEdit,
): ClientCapabilities => ({
  workspace: { ...modern.workspace, workspaceEdit },
  textDocument: { ...modern.textDocument, codeAction },
});

export interface ServerSetup {
  /** Facts of the disk; for tests of a disk that misbehaves. */
  readonly disk?: FileFacts;
  /** Of the server's process, for effective models. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a server on one end of two streams, and gives the other end. */
export function connect(
  { disk = diskFacts(), environment = {} }: ServerSetup,
  onCheck: (uri: string) => void,
): ProtocolConnection {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  // Readers and writers instead of bare streams: the library ends the process when a bare stream ends.
  const server = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  startServer(server, disk, { onCheck, environment });
  server.listen();
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  client.listen();
  onTestFinished(async () => {
    // The answer to this comes after whatever the server was still about to ask.
    await client.sendRequest('shutdown');
    client.dispose();
  });
  return client;
}
