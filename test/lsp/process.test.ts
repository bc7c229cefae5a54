/** The server as it is shipped: one bundled file, a process of its own, over standard streams and over IPC. */
import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, test } from 'vitest';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type DocumentDiagnosticReport,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { bundles } from '../../bundles.mjs';
import { modern } from './connect.ts';
import { LIMITS, oneMissing } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'dockwright-server-'));
const SERVER = join(folder, 'server.js');

// Not into dist/: other suites, and whoever works here, use that at the same time.
beforeAll(async () => {
  await build({ ...bundles.server, outfile: SERVER });
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function overStdio(): [ChildProcess, ProtocolConnection] {
  const server = spawn(process.execPath, [SERVER, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = server;
  return [
    server,
    createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin)),
  ];
}

function overIpc(): [ChildProcess, ProtocolConnection] {
  const server = fork(SERVER, ['--node-ipc'], { silent: true });
  return [
    server,
    createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server)),
  ];
}

async function initialize(connection: ProtocolConnection): Promise<void> {
  connection.listen();
  const { workspace: _workspace, ...capabilities } = modern;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities,
  });
  await connection.sendNotification('initialized', {});
}

describe.each([
  ['standard streams', overStdio],
  ['IPC', overIpc],
])('over %s', (_how, start) => {
  test('it checks a document, and ends when it is told to', async () => {
    const [server, connection] = start();
    const exited = once(server, 'exit');
    await initialize(connection);
    const uri = 'untitled:Untitled-1';
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'dockercompose', version: 1, text: oneMissing },
    });
    const report: DocumentDiagnosticReport = await connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri } },
    );
    assert.ok(report.kind === 'full');
    assert.deepEqual(
      report.items.map(({ code }) => code),
      [LIMITS],
    );
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.deepEqual(await exited, [0, null]);
  });
});

test('it ends when its client is gone', async () => {
  const [server, connection] = overStdio();
  const exited = once(server, 'exit');
  await initialize(connection);
  connection.dispose();
  server.stdin!.end();
  assert.deepEqual(await exited, [1, null]);
});
