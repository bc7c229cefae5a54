/** An engine that lives in this process: its answers are given by hand, its event stream is fed by hand. */
import type { ContainerEvent, Engine, Exec, LogLine } from '../../../client/src/docker/engine.ts';
import { fail, ok } from '../../../client/src/docker/failure.ts';
import type { Container } from '../../../client/src/docker/model.ts';

/** A stream that a test feeds. */
export interface Feed<T> extends AsyncIterable<T> {
  readonly push: (item: T) => void;
  readonly end: () => void;
  readonly break: (error: Error) => void;
}

export function feed<T>(): Feed<T> {
  const waiting: (() => void)[] = [];
  const items: T[] = [];
  let over: { readonly error?: Error } | undefined;
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return {
    push: (item) => {
      items.push(item);
      wake();
    },
    end: () => {
      over = {};
      wake();
    },
    break: (error) => {
      over = { error };
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) yield item;
        else if (over?.error) throw over.error;
        else if (over) return;
        else await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

export function container(name: string, more: Partial<Container> = {}): Container {
  return {
    id: `id-of-${name}`,
    name,
    image: 'busybox:1.35',
    imageId: 'sha256:1',
    state: 'running',
    health: 'none',
    labels: {},
    ...more,
  };
}

/** A container of a Compose service. */
export function member(project: string, service: string, more: Partial<Container> = {}): Container {
  return container(`${project}-${service}-1`, {
    ...more,
    labels: {
      'com.docker.compose.project': project,
      'com.docker.compose.service': service,
      ...more.labels,
    },
  });
}

/** Everything works and nothing is there; `parts` replace what a test is about. */
export function fakeEngine(parts: Partial<Engine> = {}): Engine {
  return {
    where: 'unix:///fake.sock',
    list: () => Promise.resolve(ok([])),
    inspect: () => Promise.resolve(ok({ running: true, paused: false, tty: false })),
    start: () => Promise.resolve(ok(undefined)),
    stop: () => Promise.resolve(ok(undefined)),
    restart: () => Promise.resolve(ok(undefined)),
    events: () => Promise.resolve(ok(feed<ContainerEvent>())),
    logs: () => Promise.resolve(ok(feed<LogLine>())),
    exec: () => Promise.resolve(fail({ kind: 'unknown', reason: 'no exec here' })),
    failureOf: () => ({ kind: 'notRunning', where: 'unix:///fake.sock' }),
    ...parts,
  };
}

/** A program that has said all it says. */
export function finished(stdout: string | readonly Buffer[], stderr = '', exitCode = 0): Exec {
  const chunks = typeof stdout === 'string' ? [Buffer.from(stdout)] : stdout;
  return {
    stdout: (async function* () {
      await Promise.resolve();
      yield* chunks;
    })(),
    stderr: () => stderr,
    exitCode: () => Promise.resolve(ok(exitCode)),
    close: () => undefined,
  };
}

/** Lets everything that can go on go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
