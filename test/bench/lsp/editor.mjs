// What an editor does with one server: open, type, and get diagnostics, pulled or pushed as the two have agreed on.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cpuMs } from '../machine.mjs';
import { connect, PULL } from './connection.mjs';

const SERVER_CANCELLED = -32802;
const REQUEST_CANCELLED = -32800;

/** The server wants the whole text at every change. */
const FULL_SYNC = 1;

/** A server that uses less CPU than this in the time that is looked at does nothing. */
const IDLE_CPU_MS = 10;
const LOOK_MS = 200;

function capabilitiesFor(diagnostics) {
  const contentFormat = ['markdown', 'plaintext'];
  return {
    workspace: {
      configuration: true,
      workspaceFolders: true,
      applyEdit: true,
      didChangeConfiguration: { dynamicRegistration: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
    },
    textDocument: {
      synchronization: { dynamicRegistration: false },
      publishDiagnostics: { versionSupport: true, relatedInformation: true },
      ...(diagnostics === 'pull' && { diagnostic: { dynamicRegistration: true } }),
      hover: { contentFormat },
      completion: {
        completionItem: {
          snippetSupport: true,
          documentationFormat: contentFormat,
          labelDetailsSupport: true,
        },
        contextSupport: true,
      },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    },
    window: { workDoneProgress: true },
    general: { positionEncodings: ['utf-16'] },
  };
}

/**
 * Starts a server and greets it. `diagnostics` is 'pull', which is done where the server offers it, or 'push'; `idleMs`
 * is how long a server may wait before it starts to work; `node` are options for Node itself.
 */
export async function startEditor(subject, { folder, diagnostics, timeout, idleMs, node = [] }) {
  const { script, settings, initializationOptions } = subject;
  const rootUri = pathToFileURL(folder).href;
  const folders = [{ uri: rootUri, name: basename(folder) }];
  const server = connect([...node, script, '--stdio'], { cwd: folder, settings, folders, timeout });
  const { result, moment } = await server.request('initialize', {
    processId: process.pid,
    rootUri,
    rootPath: folder,
    workspaceFolders: folders,
    clientInfo: { name: 'bench' },
    initializationOptions,
    capabilities: capabilitiesFor(diagnostics),
  });
  server.notify('initialized', {});
  if (settings) server.notify('workspace/didChangeConfiguration', { settings });
  const { capabilities } = result;
  const editor = documentsOf(server, capabilities, diagnostics === 'pull');
  return {
    ...editor,
    server,
    capabilities,
    initializeMs: moment - server.spawnedAt,
    rest: () => rest(server, idleMs, timeout),
  };
}

/** Waits until the server has stopped working, also on what it holds back for a while. */
async function rest({ pid }, idleMs, timeout) {
  await sleep(idleMs);
  let before = cpuMs(pid);
  for (const end = performance.now() + timeout; performance.now() < end;) {
    if (before === null) return;
    await sleep(Math.min(LOOK_MS, idleMs));
    const after = cpuMs(pid);
    if (after - before < IDLE_CPU_MS) return;
    before = after;
  }
}

/** Asks for diagnostics as an editor does: with the id of what it has, whose items it keeps where nothing changed. */
function puller(server) {
  const known = new Map();
  let unchanged = 0;

  const accept = (uri, { result, moment }) => {
    if (result?.kind === 'unchanged') {
      if (!known.has(uri)) throw new Error(`"Unchanged", but there were no diagnostics of ${uri}.`);
      unchanged++;
    } else {
      known.set(uri, { resultId: result?.resultId, diagnostics: result?.items ?? [] });
    }
    return { moment, diagnostics: known.get(uri).diagnostics };
  };
  /** { id, answer }, and the answer is undefined where the request was cancelled. */
  const pull = ({ uri }) => {
    const previousResultId = known.get(uri)?.resultId;
    const { id, answer } = server.send(PULL, {
      textDocument: { uri },
      ...(previousResultId !== undefined && { previousResultId }),
    });
    const accepted = answer.then(
      (found) => accept(uri, found),
      (error) => {
        if (![SERVER_CANCELLED, REQUEST_CANCELLED].includes(error.code)) throw error;
      },
    );
    return { id, answer: accepted };
  };
  return {
    pull,
    pullUntilAnswered: async (document) => {
      for (;;) {
        const found = await pull(document).answer;
        if (found) return found;
        await sleep(1); // The server wants to be asked again.
      }
    },
    forget: (uri) => known.delete(uri),
    /** How many answers said that nothing has changed. */
    unchanged: () => unchanged,
  };
}

function documentsOf(server, { diagnosticProvider, textDocumentSync }, wantsPull) {
  const sync = textDocumentSync?.change ?? textDocumentSync;
  const { pull, pullUntilAnswered, forget, unchanged } = puller(server);
  const isPulling = () =>
    wantsPull && (diagnosticProvider !== undefined || server.registered.has(PULL));
  return {
    isPulling,
    pull,
    unchanged,
    open: (document) => {
      const { uri, language: languageId } = document;
      const textDocument = {
        uri,
        languageId,
        version: document.version(),
        text: document.current(),
      };
      server.notify('textDocument/didOpen', { textDocument });
    },
    /** Sends a change and answers the moment when it went out. */
    change: (document, edit) => {
      const contentChanges = [sync === FULL_SYNC ? { text: document.current() } : edit];
      const textDocument = { uri: document.uri, version: document.version() };
      const moment = performance.now();
      server.notify('textDocument/didChange', { textDocument, contentChanges });
      return moment;
    },
    close: ({ uri }) => {
      forget(uri);
      server.notify('textDocument/didClose', { textDocument: { uri } });
    },
    /** { moment, diagnostics } of the document as it is now; undefined where none come in time. */
    diagnostics: async (document) => {
      if (isPulling()) return pullUntilAnswered(document);
      const report = server.nextReport(document.uri, document.version());
      if (!wantsPull) return report;
      const pushed = await Promise.race([report, server.pullRegistered]);
      return pushed ?? (isPulling() ? pullUntilAnswered(document) : undefined);
    },
  };
}
