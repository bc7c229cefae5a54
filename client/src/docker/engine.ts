/** What we ask of a Docker engine. The adapter beside this file answers it for real; tests answer it by hand. */
import type { EngineFailure, Result } from './failure.ts';
import type { Container } from './model.ts';

type Answer<T> = Promise<Result<T, EngineFailure>>;

/** Something happened to a container: `start`, `die`, `health_status`, `oom`, … */
export interface ContainerEvent {
  readonly id: string;
  readonly name: string;
  readonly action: string;
}

export interface LogOptions {
  /** Only lines after this engine time stamp (RFC 3339 with nanoseconds). */
  readonly after?: string;
  /** How many of the old lines to begin with; all when it is left out. */
  readonly tail?: number;
  readonly signal: AbortSignal;
}

export interface LogLine {
  /** The engine's time stamp, RFC 3339 with nanoseconds. */
  readonly time: string;
  readonly text: string;
  readonly stream: 'stdout' | 'stderr';
}

/** A program that runs inside a container. */
export interface Exec {
  /** Standard output as it comes; ends when the program closes it, throws when the connection breaks. */
  readonly stdout: AsyncIterable<Buffer>;
  /** The last 16 KiB of standard error so far. */
  readonly stderr: () => string;
  /** The exit code; to be asked for after `stdout` has ended. */
  readonly exitCode: () => Answer<number>;
  /** Drops the connection. The program inside is not ended by that. */
  readonly close: () => void;
}

export interface ContainerDetails {
  readonly running: boolean;
  readonly paused: boolean;
  readonly tty: boolean;
}

/** Functions never throw for what a network or an engine can do; streams end or throw when the connection is gone. */
export interface Engine {
  /** The address and where it stands, fit to be shown. */
  readonly where: string;
  /** All containers, stopped ones too, without their sizes (which are slow). */
  readonly list: () => Answer<readonly Container[]>;
  readonly inspect: (id: string) => Answer<ContainerDetails>;
  /** A container that already runs is no failure. */
  readonly start: (id: string) => Answer<void>;
  /** A container that is already stopped is no failure. */
  readonly stop: (id: string) => Answer<void>;
  readonly restart: (id: string) => Answer<void>;
  /** Events from now on. The answer comes when the stream is open, so nothing after it is missed. */
  readonly events: (signal: AbortSignal) => Answer<AsyncIterable<ContainerEvent>>;
  /** Lines until the container stops, the signal fires, or the connection is gone. */
  readonly logs: (id: string, options: LogOptions) => Answer<AsyncIterable<LogLine>>;
  /** Starts a program, without a shell and without a terminal. */
  readonly exec: (id: string, argv: readonly string[]) => Answer<Exec>;
  /** A throw from one of the streams above, as a failure. */
  readonly failureOf: (error: unknown) => EngineFailure;
}
