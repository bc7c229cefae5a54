/** The edge of the server: what goes wrong inside is logged, and the client gets an empty answer. */
import {
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
} from 'vscode-languageserver/node';
import type { Crash } from '../engine/lint.ts';

/** Writes an error to the client's log, with its stack: a log is for reports to us, not a message to the user. */
export function logError(connection: Connection, doing: string, error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  connection.console.error(`Dockwright failed at ${doing}: ${detail}`);
}

/** Logs rules that failed, each of them once: a rule that fails will fail at each keystroke. */
export type CrashLog = (crashes: readonly Crash[]) => void;

export function crashLog(connection: Connection): CrashLog {
  const logged = new Set<string>();
  return (crashes) => {
    for (const { rule, error } of crashes) {
      if (!logged.has(rule)) logError(connection, `the rule ${rule}`, error);
      logged.add(rule);
    }
  };
}

/** Runs a handler; whatever it throws becomes `empty`, except the end of a request that its sender cancelled. */
export async function guarded<T>(
  connection: Connection,
  doing: string,
  empty: T,
  handle: () => T | Promise<T>,
): Promise<T> {
  try {
    return await handle();
  } catch (error) {
    // Other errors of the protocol are the client's answers to questions of ours; they are nobody else's business.
    if (error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled)
      throw error;
    logError(connection, doing, error);
    return empty;
  }
}

/** Ends a request that its sender no longer waits for. */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) {
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
  }
}
