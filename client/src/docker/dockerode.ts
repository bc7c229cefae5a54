/** The real engine, over dockerode. The only file that knows that library. */
import Docker from 'dockerode';
import { describeEndpoint, type Endpoint } from './endpoint.ts';
import type { Engine } from './engine.ts';
import { type Ask, startExec, type Stream } from './exec.ts';
import { classify, fail, ok, timeoutError } from './failure.ts';
import { events, frames, logLines, unframed } from './frames.ts';
import { toContainer } from './model.ts';

const QUICK_MS = 20_000;
/** A container may take its whole grace period to stop; Compose files set minutes. */
const SLOW_MS = 600_000;

const EVENTS: string[] = [
  'create',
  'start',
  'restart',
  'stop',
  'kill',
  'die',
  'oom',
  'pause',
  'unpause',
  'rename',
  'destroy',
  'remove',
  'health_status',
];

/** Opens no connection by itself: the first question does. `installed` tells "not started" from "not there". */
export function dockerodeEngine(endpoint: Endpoint, installed: boolean): Engine {
  const docker = new Docker(clientOptions(endpoint));
  const facts = { where: describeEndpoint(endpoint), installed };
  const ask: Ask = async (what, question, limit = QUICK_MS) => {
    try {
      return ok(await within(limit, question()));
    } catch (error) {
      return fail(classify(error, facts, what));
    }
  };
  return {
    where: facts.where,
    failureOf: (error) => classify(error, facts),
    list: () =>
      ask('The list', async () => (await docker.listContainers({ all: true })).map(toContainer)),
    ...actions(docker, ask),
    ...streams(docker, ask),
  };
}

function actions(docker: Docker, ask: Ask): Pick<Engine, 'inspect' | 'start' | 'stop' | 'restart'> {
  const act = async (id: string, work: (container: Docker.Container) => Promise<unknown>) =>
    ask(
      named(id),
      async () => {
        try {
          await work(docker.getContainer(id));
        } catch (error) {
          if (!alreadySo(error)) throw error;
        }
      },
      SLOW_MS,
    );
  return {
    inspect: (id) => details(docker, ask, id),
    start: (id) => act(id, (container) => container.start()),
    stop: (id) => act(id, (container) => container.stop()),
    restart: (id) => act(id, (container) => container.restart()),
  };
}

function details(docker: Docker, ask: Ask, id: string): ReturnType<Engine['inspect']> {
  return ask(named(id), async () => {
    const { State, Config } = await docker.getContainer(id).inspect();
    return { running: State.Running, paused: State.Paused, tty: Config.Tty };
  });
}

function streams(docker: Docker, ask: Ask): Pick<Engine, 'events' | 'logs' | 'exec'> {
  return {
    events: (signal) =>
      ask('The event stream', async () => {
        const stream = await docker.getEvents({
          filters: { type: ['container'], event: EVENTS },
          abortSignal: signal,
        });
        return events(endingWith(stream as Stream, signal));
      }),
    logs: async (id, options) => {
      const found = await details(docker, ask, id);
      if (!found.ok) return found;
      return ask(named(id), async () => {
        const stream = await docker.getContainer(id).logs({
          follow: true,
          stdout: true,
          stderr: true,
          timestamps: true,
          abortSignal: options.signal,
          ...(options.tail === undefined ? {} : { tail: options.tail }),
          ...(options.after ? { since: engineTime(options.after) } : {}),
        });
        const source = endingWith(stream as Stream, options.signal);
        return logLines(found.value.tty ? unframed(source) : frames(source));
      });
    },
    exec: (id, argv) => ask(named(id), () => startExec(docker.getContainer(id), argv, ask)),
  };
}

/** The abort signal ends a request, but not an answer that is already streaming: that is ended here. */
function endingWith(stream: Stream, signal: AbortSignal): Stream {
  const end = (): void => {
    stream.destroy();
  };
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  stream.once('close', () => {
    signal.removeEventListener('abort', end);
  });
  return stream;
}

function clientOptions(endpoint: Endpoint): Docker.DockerOptions {
  // The library lets the environment win over what it is not told, so each field is told, `undefined` too.
  const nothing = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  const chosen =
    endpoint.kind === 'socket'
      ? { socketPath: endpoint.path, protocol: 'http' }
      : {
          host: endpoint.host,
          port: endpoint.port,
          protocol: endpoint.tls ? 'https' : 'http',
          ...(typeof endpoint.tls === 'object' ? endpoint.tls : {}),
        };
  return { ...nothing, ...chosen } as Docker.DockerOptions;
}

/** Seconds with nanoseconds, which is what the API wants and what JavaScript's numbers cannot hold. */
function engineTime(time: string): number {
  const seconds = Math.floor(Date.parse(time) / 1000);
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '0';
  return `${seconds}.${fraction.padEnd(9, '0')}` as unknown as number;
}

function alreadySo(error: unknown): boolean {
  return (error as { statusCode?: number }).statusCode === 304;
}

function named(id: string): string {
  return `The container ${id.slice(0, 12)}`;
}

async function within<T>(limit: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(timeoutError());
    }, limit);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
