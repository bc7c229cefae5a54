/** The command that fixes a document or the whole workspace: computes, and lets the client apply. */
import {
  MessageType,
  ShowMessageNotification,
  WorkDoneProgressReporter,
  type CancellationToken,
  type Connection,
} from 'vscode-languageserver/node';
import { overlay } from '../files/disk.ts';
import { walk } from '../files/walk.ts';
import { fixAll, type FixResult } from '../engine/fix.ts';
import type { ApplyFixesParams, ApplyFixesResult } from '../protocol/fixes.ts';
import { factsFor, inputOf } from './checks.ts';
import { at, type Client } from './client.ts';
import { changesOf } from './convert.ts';
import type { Documents, Snapshot } from './documents.ts';
import { throwIfCancelled, type CrashLog } from './guard.ts';
import { nextTurn } from './quiet.ts';
import type { SettingsSource } from './settings.ts';
import { workspaceEdit, type FileChange } from './workspace-edit.ts';

interface Ports {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly settings: SettingsSource;
  readonly crashed: CrashLog;
  /** Absolute paths of the workspace's folders. */
  readonly folders: readonly string[];
}

export const NOTHING_FIXED: ApplyFixesResult = { fixed: 0, files: 0, remaining: 0, answers: [] };

/**
 * Nothing is applied when the token or the user cancels, or when the client refuses: it is all in one edit, which the
 * client takes or leaves as a whole.
 */
export async function applyFixes(
  argument: unknown,
  token: CancellationToken,
  given: WorkDoneProgressReporter,
  ports: Ports,
): Promise<ApplyFixesResult> {
  const params = paramsOf(argument);
  if (!params || !ports.client.appliesEdits) return NOTHING_FIXED;
  const { progress, isCancelled } = await startProgress(given, ports);
  try {
    const work = startWork(params, ports);
    const uris = params.uri === undefined ? urisOf(ports) : [params.uri];
    for (const [done, uri] of uris.entries()) {
      await nextTurn();
      throwIfCancelled(token);
      if (isCancelled()) return NOTHING_FIXED;
      progress.report(Math.round((100 * done) / uris.length), `${done} of ${uris.length} files`);
      await work.fix(uri);
    }
    return await apply(work, ports);
  } finally {
    progress.done();
  }
}

/** What was computed so far. */
interface Work {
  readonly fix: (uri: string) => Promise<void>;
  readonly changes: () => readonly FileChange[];
  readonly result: () => ApplyFixesResult;
}

function startWork({ rule, unsafe }: ApplyFixesParams, ports: Ports): Work {
  const { documents, settings, client } = ports;
  const selection = { unsafe, ...(rule !== undefined && { rule }) };
  // Two Dockerfiles of one folder want the same ignore file: the second has to see what the first has made.
  const made = new Map<string, string>();
  const changes: FileChange[] = [];
  const answers = new Set<string>();
  let fixed = 0;
  let remaining = 0;

  const count = (snapshot: Snapshot, result: FixResult): void => {
    const possible = changesOf(snapshot, result, documents).filter(
      ({ creates }) => !creates || client.createsFiles,
    );
    const isNothing = possible.length === 0;
    remaining += result.remaining.filter(
      (finding) => (rule ?? finding.rule) === finding.rule,
    ).length;
    if (isNothing) {
      remaining += result.fixed.length;
      return;
    }
    changes.push(...possible);
    for (const [path, text] of result.otherFiles) made.set(path, text);
    for (const answer of result.answers) answers.add(answer);
    fixed += result.fixed.length;
  };
  return {
    fix: async (uri) => {
      const asked = documents.get(uri);
      if (!asked) return;
      const given = await settings.of(asked);
      const snapshot = documents.get(uri);
      const input = snapshot && inputOf(snapshot);
      if (!input || !given.enabled) return;
      const facts = overlay(factsFor(snapshot, documents), made);
      const result = fixAll(input, given.settings, facts, selection);
      ports.crashed(result.crashes);
      count(snapshot, result);
    },
    changes: () => changes,
    result: () => ({
      fixed,
      files: new Set(changes.map(({ uri }) => uri)).size,
      remaining,
      answers: [...answers],
    }),
  };
}

async function apply(work: Work, { connection, client }: Ports): Promise<ApplyFixesResult> {
  const result = work.result();
  const edit = workspaceEdit(work.changes(), client);
  if (work.changes().length === 0 || !edit) return result;
  const answer = await connection.workspace.applyEdit({ label: 'Fix problems', edit });
  if (answer.applied) return result;
  const { fixed, remaining } = result;
  const reason = answer.failureReason ?? 'it gave no reason';
  await connection.sendNotification(ShowMessageNotification.type, {
    type: MessageType.Warning,
    message: `The editor did not apply the fixes (${reason}), so nothing was changed. Save or undo what you are editing, and try again.`,
  });
  return { ...NOTHING_FIXED, remaining: remaining + fixed };
}

interface Progress {
  readonly progress: WorkDoneProgressReporter;
  readonly isCancelled: () => boolean;
}

/** Where the client gave no token to report to, it is asked for one if it can show progress at all. */
async function startProgress(
  given: WorkDoneProgressReporter,
  { connection, client }: Ports,
): Promise<Progress> {
  if (!WorkDoneProgressReporter.isNullInstance(given) || !client.showsProgress) {
    given.begin('Fixing problems', 0);
    return { progress: given, isCancelled: () => false };
  }
  const progress = await connection.window.createWorkDoneProgress();
  progress.begin('Fixing problems', 0, '', true);
  return { progress, isCancelled: () => progress.token.isCancellationRequested };
}

function urisOf({ folders, documents }: Ports): readonly string[] {
  const found = folders.flatMap((folder) =>
    [...walk(folder)].flatMap((file) => (file.ok ? [documents.uriOf(file.value)] : [])),
  );
  return [...new Set(found)];
}

function paramsOf(argument: unknown): ApplyFixesParams | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const [uri, rule] = [at(argument, 'uri'), at(argument, 'rule')];
  return {
    unsafe: at(argument, 'unsafe') === true,
    ...(typeof uri === 'string' && { uri }),
    ...(typeof rule === 'string' && { rule }),
  };
}
