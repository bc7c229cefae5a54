/** Keeps an up-to-date inventory of the engine: one list, then events; after a lost connection again from the start, for ever. */
import { isOver } from './abort.ts';
import type { ContainerEvent, Engine } from './engine.ts';
import { type EngineFailure, fail, ok, type Result } from './failure.ts';
import { type Container, type Inventory, toInventory } from './model.ts';

export type Snapshot =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly inventory: Inventory }
  | { readonly kind: 'failed'; readonly failure: EngineFailure };

export interface WatchPorts {
  /** Finds and makes the client anew on each attempt, because the answer can change while an engine is away. */
  readonly connect: () => Promise<Result<Engine, EngineFailure>>;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  /** Resolves after that many milliseconds, or as soon as the signal fires. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Events come in bursts (kill, die, stop); one list answers them all. */
const SETTLE_MS = 150;
/** Between lists while the engine's list is behind its events, and how often at most: for half a minute. */
const BEHIND_MS = 500;
const MOST_BEHIND = 60;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Runs until the signal fires. Never throws; never gives up. */
export async function watch(ports: WatchPorts, signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    const { failure, wasReady } = await watchOnce(ports, signal);
    if (isOver(signal)) return;
    ports.onSnapshot({ kind: 'failed', failure });
    if (wasReady) wait = FIRST_WAIT_MS;
    await ports.sleep(wait, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/** One connection, from its list to its end. */
async function watchOnce(
  ports: WatchPorts,
  signal: AbortSignal,
): Promise<{ failure: EngineFailure; wasReady: boolean }> {
  const engine = await ports.connect();
  if (!engine.ok) return { failure: engine.error, wasReady: false };
  const connection = new AbortController();
  const end = (): void => {
    connection.abort();
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    // The event stream is opened before the list is asked for, so that nothing falls between the two.
    const events = await engine.value.events(connection.signal);
    if (!events.ok) return { failure: events.error, wasReady: false };
    const first = await publishList(engine.value, ports, connection.signal);
    if (!first.ok) return { failure: first.error, wasReady: false };
    const failure = await follow(engine.value, events.value, ports, connection);
    return { failure, wasReady: true };
  } finally {
    signal.removeEventListener('abort', end);
    connection.abort();
  }
}

async function follow(
  engine: Engine,
  events: AsyncIterable<ContainerEvent>,
  ports: WatchPorts,
  connection: AbortController,
): Promise<EngineFailure> {
  const state: Following = { dirty: false, listing: false, ended: new Set(), patience: 0 };
  const listUntilClean = async (): Promise<void> => {
    state.listing = true;
    let wait = SETTLE_MS;
    while (state.dirty && !isOver(connection.signal)) {
      await ports.sleep(wait, connection.signal);
      // An event during the list makes it true again, and the list is asked for once more.
      state.dirty = false;
      const listed = await publishList(engine, ports, connection.signal);
      if (!listed.ok) {
        state.failure = listed.error;
        connection.abort();
      } else if (isBehind(state, listed.value)) {
        state.dirty = true;
        wait = BEHIND_MS;
      }
    }
    state.listing = false;
  };
  try {
    for await (const event of events) {
      note(state, event);
      if (!state.listing) void listUntilClean();
    }
  } catch (error) {
    state.failure ??= engine.failureOf(error);
  }
  return state.failure ?? { kind: 'notRunning', where: engine.where };
}

interface Following {
  failure?: EngineFailure;
  dirty: boolean;
  listing: boolean;
  /** Containers that have died and were not started since. */
  readonly ended: Set<string>;
  /** How many more lists may be behind the events before we take their word. */
  patience: number;
}

function note(state: Following, { id, action }: ContainerEvent): void {
  state.dirty = true;
  if (action === 'die') {
    state.ended.add(id);
    state.patience = MOST_BEHIND;
  } else if (action === 'start') {
    state.ended.delete(id);
  }
}

/**
 * The engine says "die" before it has cleaned up, and its list says "running" until then; no later event tells the
 * end of that. So a list that still shows a dead container as running is asked for again.
 */
function isBehind(state: Following, containers: readonly Container[]): boolean {
  const running = new Set(
    containers.filter((each) => each.state === 'running').map((each) => each.id),
  );
  for (const id of state.ended) if (!running.has(id)) state.ended.delete(id);
  if (state.ended.size > 0 && state.patience > 0) {
    state.patience -= 1;
    return true;
  }
  state.ended.clear();
  return false;
}

/** A list that arrives after its connection ended is old news, and is dropped. */
async function publishList(
  engine: Engine,
  ports: WatchPorts,
  signal: AbortSignal,
): Promise<Result<readonly Container[], EngineFailure>> {
  const containers = await engine.list();
  if (signal.aborted) return ok([]);
  if (!containers.ok) return fail(containers.error);
  ports.onSnapshot({ kind: 'ready', inventory: toInventory(containers.value) });
  return containers;
}
