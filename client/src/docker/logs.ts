/** Follows one container's log, and goes on when it is restarted or made anew. */
import { isOver } from './abort.ts';
import type { ContainerEvent, Engine, LogLine } from './engine.ts';
import { describeEngineFailure, type EngineFailure, fail, ok, type Result } from './failure.ts';

export interface LogTarget {
  readonly id: string;
  readonly name: string;
}

/** `text` is the program's own line; `note` is a sentence of ours. */
export type LogEntry =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string };

const OLD_LINES = 1000;

/**
 * Old lines first (at most 1000), then each new one, until the signal fires or the engine is lost. While the container
 * is stopped it waits for one of the same name to start, and shows only lines that were not shown before.
 */
export async function followLogs(
  engine: Engine,
  target: LogTarget,
  write: (entry: LogEntry) => void,
  signal: AbortSignal,
): Promise<void> {
  let run: Run | undefined = { id: target.id, after: '' };
  while (run && !isOver(signal)) {
    const next: Result<Run, EngineFailure> = await followRun(engine, target.name, run, {
      write,
      signal,
    });
    run = next.ok ? next.value : undefined;
    if (!next.ok && !isOver(signal)) {
      const { message } = describeEngineFailure(next.error);
      write({ kind: 'note', text: `${message} Run "Show Logs" again to go on.` });
    }
  }
}

/** One life of a container: which one, and the time of the last line that was shown of it. */
interface Run {
  readonly id: string;
  readonly after: string;
}

interface Reader {
  readonly write: (entry: LogEntry) => void;
  readonly signal: AbortSignal;
}

/** Reads until the container stops, then waits for the next start. */
async function followRun(
  engine: Engine,
  name: string,
  run: Run,
  { write, signal }: Reader,
): Promise<Result<Run, EngineFailure>> {
  const round = new AbortController();
  try {
    // The event stream is opened first: a start between the log's end and the waiting would be missed otherwise.
    const events = await engine.events(AbortSignal.any([signal, round.signal]));
    if (!events.ok) return events;
    const started = nextStart(name, events.value, engine);
    const after = await readLog(engine, run, { write, signal });
    if (!after.ok && after.error.kind !== 'gone') return after;
    if (isOver(signal)) return ok(run);
    write({
      kind: 'note',
      text: `${name} has stopped. Its log goes on here when it is started again.`,
    });
    const next = await started;
    if (!next.ok) return next;
    const same = next.value === run.id && after.ok;
    return ok({ id: next.value, after: same ? after.value : '' });
  } finally {
    round.abort();
  }
}

/** Until the container stops; answers the time of the last line shown. */
async function readLog(
  engine: Engine,
  { id, after }: Run,
  { write, signal }: Reader,
): Promise<Result<string, EngineFailure>> {
  let last = after;
  const log = await engine.logs(id, {
    signal,
    ...(after === '' ? { tail: OLD_LINES } : { after }),
  });
  if (!log.ok) return log;
  try {
    for await (const line of log.value) {
      if (isOld(line, after)) continue;
      if (line.time > last) last = line.time;
      write({ kind: 'text', text: line.text });
    }
  } catch (error) {
    return fail(engine.failureOf(error));
  }
  return ok(last);
}

/** The engine gives the line of the very moment asked for once more. */
function isOld(line: LogLine, after: string): boolean {
  return line.time !== '' && line.time <= after;
}

/** The id of the container of that name that is started next. */
async function nextStart(
  name: string,
  events: AsyncIterable<ContainerEvent>,
  engine: Engine,
): Promise<Result<string, EngineFailure>> {
  try {
    for await (const event of events) {
      if (event.action === 'start' && event.name === name) return ok(event.id);
    }
    return fail({ kind: 'notRunning', where: engine.where });
  } catch (error) {
    return fail(engine.failureOf(error));
  }
}
