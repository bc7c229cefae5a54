/** What can go wrong between us and the engine, as data, and what to tell a person about each. */

/** What, why and what to do, in sentences, with at most one button that helps. */
export interface Advice {
  readonly message: string;
  readonly button?: Button;
}

export interface Button {
  readonly title: string;
  readonly command: string;
  /** For the command: the setting or the page to open. */
  readonly argument?: string;
}

/** `where` is the address we tried and where it stands, fit to be shown: `tcp://nas:2375 (DOCKER_HOST)`. */
export type EngineFailure =
  | { readonly kind: 'notRunning'; readonly where: string }
  | { readonly kind: 'notInstalled'; readonly where: string }
  | { readonly kind: 'permissionDenied'; readonly where: string }
  | { readonly kind: 'timeout'; readonly where: string }
  | { readonly kind: 'badHost'; readonly where: string; readonly reason: string }
  | { readonly kind: 'gone'; readonly what: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

const RETRY = { title: 'Try Again', command: 'dockwright.docker.retry' };
const SETTINGS = {
  title: 'Open Settings',
  command: 'dockwright.openSettings',
  argument: 'dockwright.docker.host',
};
const OUTPUT = { title: 'Show Output', command: 'dockwright.showOutput' };

const INSTALL = {
  title: 'Install Docker',
  command: 'vscode.open',
  argument: 'https://docs.docker.com/engine/install/',
};

const WAYS_ON: Readonly<Record<EngineFailure['kind'], readonly Button[]>> = {
  notRunning: [RETRY, SETTINGS],
  notInstalled: [INSTALL, SETTINGS],
  permissionDenied: [RETRY, SETTINGS],
  timeout: [RETRY, SETTINGS],
  badHost: [SETTINGS, OUTPUT],
  gone: [RETRY, OUTPUT],
  refused: [RETRY, OUTPUT],
  unknown: [RETRY, OUTPUT],
};

/** What a person can do next, the likeliest first: for the Services view, which has room for more than one button. */
export function waysOn({ kind }: EngineFailure): readonly Button[] {
  return WAYS_ON[kind];
}

/** Says what happened, why, and what to do. Every kind has its own sentence. */
export function describeEngineFailure(failure: EngineFailure): Advice {
  switch (failure.kind) {
    case 'notRunning':
      return {
        message: `The Docker engine does not answer at ${failure.where}. It is probably not running: start it, then try again.`,
        button: RETRY,
      };
    case 'notInstalled':
      return {
        message: `No Docker engine was found at ${failure.where}. Install Docker, or name another engine in the setting dockwright.docker.host.`,
        button: SETTINGS,
      };
    case 'permissionDenied':
      return {
        message: `You are not allowed to use the Docker engine at ${failure.where}. Add your user to the group that owns the socket (often "docker"), log in again, then try again.`,
        button: RETRY,
      };
    case 'timeout':
      return {
        message: `The Docker engine at ${failure.where} took too long to answer. It may be busy or hung: look at it, then try again.`,
        button: RETRY,
      };
    case 'badHost':
      return {
        message: `The Docker host ${failure.where} cannot be used: ${failure.reason}`,
        button: SETTINGS,
      };
    case 'gone':
      return {
        message: `${failure.what} does not exist any more. Somebody removed it; refresh the view to see what is there now.`,
        button: { title: 'Refresh', command: 'dockwright.services.refresh' },
      };
    case 'refused':
      return {
        message: `The Docker engine refused: ${failure.reason}. Put that right, then try again.`,
        button: OUTPUT,
      };
    case 'unknown':
      return {
        message: `The Docker engine could not be used: ${failure.reason}. The output says more.`,
        button: OUTPUT,
      };
  }
}

interface Facts {
  readonly where: string;
  /** Whether a Docker client is installed: tells "not started" from "not there". */
  readonly installed: boolean;
}

type ByAddress = 'notRunning' | 'notInstalled' | 'permissionDenied' | 'timeout';

/** What the system's error codes mean here; anything else is unknown. */
const KINDS: Readonly<Record<string, ByAddress>> = {
  EACCES: 'permissionDenied',
  EPERM: 'permissionDenied',
  ENOENT: 'notInstalled',
  ENOTSOCK: 'notInstalled',
  ETIMEDOUT: 'timeout',
  ECONNREFUSED: 'notRunning',
  ECONNRESET: 'notRunning',
  EPIPE: 'notRunning',
  EHOSTUNREACH: 'notRunning',
  ENETUNREACH: 'notRunning',
  ENOTFOUND: 'notRunning',
  EAI_AGAIN: 'notRunning',
};

/** Turns whatever a request threw into one of our kinds. `what` names the object that was asked for. */
export function classify(error: unknown, facts: Facts, what = 'The container'): EngineFailure {
  const { code, statusCode, message } = parts(error);
  if (statusCode !== undefined) return classifyStatus(statusCode, message, what);
  const brokenOff = /socket hang up|aborted/i.test(message);
  const kind = KINDS[code ?? ''] ?? (brokenOff ? 'notRunning' : undefined);
  if (!kind) return { kind: 'unknown', reason: message };
  return {
    kind: kind === 'notInstalled' && facts.installed ? 'notRunning' : kind,
    where: facts.where,
  };
}

function classifyStatus(status: number, message: string, what: string): EngineFailure {
  if (status === 404) return { kind: 'gone', what };
  return { kind: 'refused', reason: message };
}

/** An error of ours that looks like the system's, so that it is classified the same way. */
export function timeoutError(): Error {
  return Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
}

function parts(error: unknown): { code?: string; statusCode?: number; message: string } {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const fields = error as Record<string, unknown>;
  const message = engineMessage(fields['json']) ?? strip(fields['message']);
  return {
    ...(typeof fields['code'] === 'string' ? { code: fields['code'] } : {}),
    ...(typeof fields['statusCode'] === 'number' ? { statusCode: fields['statusCode'] } : {}),
    message,
  };
}

/** The engine's own sentence, from the JSON body of its answer. */
function engineMessage(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('message' in json)) return undefined;
  return typeof json.message === 'string' ? json.message.trim().replace(/\.$/, '') : undefined;
}

/** Without the "(HTTP code 500) server error - " that the client library puts in front. */
function strip(message: unknown): string {
  const text = typeof message === 'string' ? message : 'no reason given';
  return text.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim();
}
