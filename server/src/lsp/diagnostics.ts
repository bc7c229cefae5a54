/** Gives diagnostics to the client: asked for where it can ask, sent by ourselves where it cannot. */
import {
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type Connection,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { Checks } from './checks.ts';
import type { Client } from './client.ts';
import { isConfigPath, type Documents } from './documents.ts';
import { guarded, throwIfCancelled } from './guard.ts';
import { nextTurn } from './quiet.ts';

interface Ports {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly checks: Checks;
}

/**
 * Answers one pull. While somebody types, it waits for the pause, so that many pulls cost one check: the one of the
 * newest text.
 */
export async function pullDiagnostics(
  { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
  { documents, checks }: Ports,
): Promise<DocumentDiagnosticReport> {
  await documents.settled(uri);
  throwIfCancelled(token);
  const checked = await checks.of(uri);
  throwIfCancelled(token);
  if (!checked) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const { resultId, diagnostics } = checked;
  return resultId === previousResultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: diagnostics };
}

export interface Publisher {
  /** A document changed: its diagnostics, and those of documents that depend on it, go out after the pause. */
  readonly changed: (uri: string) => void;
  /** Something that all may depend on changed. */
  readonly allChanged: () => void;
  readonly closed: (uri: string) => void;
}

/**
 * For clients that pull: tells them when what they pulled may be outdated for a reason that they cannot know. They know
 * that an edit in one document can matter to another (`interFileDependencies`), but not what a configuration is.
 */
export function pullPublisher({ connection, documents }: Ports, client: () => Client): Publisher {
  let isWaiting = false;
  const allChanged = (): void => {
    if (!client().refreshesDiagnostics || isWaiting) return;
    isWaiting = true;
    void guarded(connection, 'asking for a refresh', undefined, async () => {
      await nextTurn();
      isWaiting = false;
      await connection.languages.diagnostics.refresh();
    });
  };
  return {
    changed: (uri) => {
      if (documents.get(uri)?.kind === 'config') void documents.settled(uri).then(allChanged);
    },
    allChanged,
    closed: (uri) => {
      if (isConfigPath(uri)) allChanged();
    },
  };
}

/** For clients that do not pull. One sweep at a time goes over the open documents, and only news is sent. */
export function pushPublisher({ connection, documents, checks }: Ports): Publisher {
  const sent = new Map<string, string>();
  let isSweeping = false;
  let isOutdated = false;

  const publish = async (uri: string): Promise<void> => {
    const checked = await checks.of(uri);
    const isOpen = documents.versionOf(uri) !== null;
    if (!checked || !isOpen || sent.get(uri) === checked.resultId) return;
    sent.set(uri, checked.resultId);
    const { snapshot, diagnostics } = checked;
    const version = snapshot.version ?? undefined;
    await connection.sendDiagnostics({
      uri,
      diagnostics,
      ...(version !== undefined && { version }),
    });
  };
  const sweep = async (): Promise<void> => {
    isOutdated = true;
    if (isSweeping) return;
    isSweeping = true;
    while (isOutdated) {
      isOutdated = false;
      for (const { uri } of documents.open()) {
        // Messages that came in during the last check are heard before the next.
        await nextTurn();
        // Who is still being typed in gets a sweep of its own, after the pause.
        if (!documents.isSettled(uri)) continue;
        await guarded(connection, 'publishing diagnostics', undefined, () => publish(uri));
      }
    }
    isSweeping = false;
  };
  return {
    changed: (uri) => {
      void documents.settled(uri).then(sweep);
    },
    allChanged: () => {
      void sweep();
    },
    closed: (uri) => {
      if (sent.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
      void sweep();
    },
  };
}
