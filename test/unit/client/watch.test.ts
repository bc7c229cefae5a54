/** Watching the engine and following logs, with an engine fed by hand: nothing missed, nothing stale, never given up. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { ContainerEvent, LogLine } from '../../../client/src/docker/engine.ts';
import { fail, ok } from '../../../client/src/docker/failure.ts';
import { followLogs, type LogEntry } from '../../../client/src/docker/logs.ts';
import type { Container } from '../../../client/src/docker/model.ts';
import { type Snapshot, watch } from '../../../client/src/docker/watch.ts';
import { container, fakeEngine, type Feed, feed, settle } from './fake-engine.ts';

const EVENT: ContainerEvent = { id: 'a', name: 'a', action: 'start' };

/** A watcher whose sleeps are ended by hand; the short settling ones at once. */
function startWatch(engineOf: (attempt: number) => ReturnType<typeof fakeEngine> | undefined) {
  const over = new AbortController();
  const shown: Snapshot[] = [];
  const naps: { readonly wait: number; readonly wake: () => void }[] = [];
  let attempt = 0;
  const done = watch(
    {
      connect: () => {
        const engine = engineOf(attempt++);
        return Promise.resolve(engine ? ok(engine) : fail({ kind: 'notRunning', where: 'x' }));
      },
      onSnapshot: (snapshot) => shown.push(snapshot),
      sleep: (wait, signal) => {
        if (wait < 1000) return new Promise((wake) => setImmediate(wake));
        return new Promise((wake) => {
          naps.push({ wait, wake });
          signal.addEventListener('abort', () => wake());
        });
      },
    },
    over.signal,
  );
  return { over, shown, naps, done, attempts: () => attempt };
}

const names = (snapshot: Snapshot | undefined) =>
  snapshot?.kind === 'ready' ? snapshot.inventory.others.map(({ name }) => name) : snapshot?.kind;

describe('watching', () => {
  test('lists once at first and once after a burst of events', async () => {
    const stream = feed<ContainerEvent>();
    let lists = 0;
    const run = startWatch(() =>
      fakeEngine({
        events: () => Promise.resolve(ok(stream)),
        list: () => Promise.resolve(ok([container(`c${(lists += 1)}`)])),
      }),
    );
    await settle();
    assert.deepEqual(run.shown.map(names), [['c1']]);
    for (let count = 0; count < 50; count += 1) stream.push(EVENT);
    await settle();
    assert.ok(lists <= 3, `${lists} lists`);
    assert.deepEqual(names(run.shown.at(-1)), [`c${lists}`]);
    run.over.abort();
    stream.end();
    await run.done;
  });

  test('opens the stream before it lists, so that nothing falls between', async () => {
    const order: string[] = [];
    const run = startWatch(() =>
      fakeEngine({
        events: () => {
          order.push('events');
          return Promise.resolve(ok(feed<ContainerEvent>()));
        },
        list: () => {
          order.push('list');
          return Promise.resolve(ok([]));
        },
      }),
    );
    await settle();
    assert.deepEqual(order, ['events', 'list']);
    run.over.abort();
  });

  test('waits longer after each failure, up to half a minute, and shorter again after a success', async () => {
    const streams: Feed<ContainerEvent>[] = [];
    const run = startWatch((attempt) => {
      if (attempt < 8) return undefined;
      const stream = feed<ContainerEvent>();
      streams.push(stream);
      return fakeEngine({ events: () => Promise.resolve(ok(stream)) });
    });
    for (let turn = 0; turn < 8; turn += 1) {
      await settle();
      run.naps.at(-1)?.wake();
    }
    await settle();
    assert.deepEqual(
      run.naps.map(({ wait }) => wait),
      [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000],
    );
    assert.equal(run.shown.at(-1)?.kind, 'ready');
    streams[0]?.end();
    await settle();
    assert.equal(run.shown.at(-1)?.kind, 'failed');
    assert.equal(run.naps.at(-1)?.wait, 1000);
    run.over.abort();
    await run.done;
  });

  test('asks for everything anew after the connection was lost', async () => {
    const streams = [feed<ContainerEvent>(), feed<ContainerEvent>()];
    const run = startWatch((attempt) =>
      fakeEngine({
        events: () => Promise.resolve(ok(streams[attempt] ?? feed<ContainerEvent>())),
        list: () => Promise.resolve(ok([container(`life${attempt}`)])),
      }),
    );
    await settle();
    streams[0]?.break(new Error('gone'));
    await settle();
    run.naps.at(-1)?.wake();
    await settle();
    assert.deepEqual(run.shown.map(names), [['life0'], 'failed', ['life1']]);
    run.over.abort();
    streams[1]?.end();
    await run.done;
  });

  test('takes a list that fails later for a lost connection', async () => {
    const stream = feed<ContainerEvent>();
    let lists = 0;
    const run = startWatch(() =>
      fakeEngine({
        events: (signal) => {
          signal.addEventListener('abort', () => stream.end());
          return Promise.resolve(ok(stream));
        },
        list: () =>
          Promise.resolve(
            (lists += 1) === 1 ? ok([]) : fail({ kind: 'timeout' as const, where: 'x' }),
          ),
      }),
    );
    await settle();
    stream.push(EVENT);
    await settle();
    const last = run.shown.at(-1);
    assert.ok(last?.kind === 'failed');
    assert.equal(last.failure.kind, 'timeout');
    run.over.abort();
    await run.done;
  });

  test('asks again while the list still shows a container as running that has died', async () => {
    const stream = feed<ContainerEvent>();
    let lists = 0;
    const run = startWatch(() =>
      fakeEngine({
        events: () => Promise.resolve(ok(stream)),
        list: () => {
          lists += 1;
          return Promise.resolve(
            ok([container('a', { id: 'a', state: lists < 5 ? 'running' : 'exited' })]),
          );
        },
      }),
    );
    await settle();
    stream.push({ ...EVENT, action: 'die' });
    await settle();
    const last = run.shown.at(-1);
    assert.ok(last?.kind === 'ready');
    assert.equal(last.inventory.others[0]?.state, 'exited');
    assert.equal(lists, 5);
    run.over.abort();
    stream.end();
    await run.done;
  });

  test('takes a list at its word that shows a dead container as running for half a minute, or started again', async () => {
    for (const more of [[], [EVENT]]) {
      const stream = feed<ContainerEvent>();
      let lists = 0;
      const run = startWatch(() =>
        fakeEngine({
          events: () => Promise.resolve(ok(stream)),
          list: () => {
            lists += 1;
            return Promise.resolve(ok([container('a', { id: 'a' })]));
          },
        }),
      );
      await settle();
      for (const event of [{ ...EVENT, action: 'die' }, ...more]) stream.push(event);
      for (let turn = 0; turn < 20; turn += 1) await settle();
      assert.equal(lists, more.length === 0 ? 62 : 2);
      run.over.abort();
      stream.end();
      await run.done;
    }
  });

  test('shows no list that comes after it was ended', async () => {
    let answer: (containers: readonly Container[]) => void = () => undefined;
    const run = startWatch(() =>
      fakeEngine({
        list: () =>
          new Promise((resolve) => {
            answer = (containers) => resolve(ok(containers));
          }),
      }),
    );
    await settle();
    run.over.abort();
    answer([container('late')]);
    await settle();
    assert.deepEqual(run.shown, []);
  });
});

describe('following a log', () => {
  const line = (time: number, text: string): LogLine => ({
    time: `2026-01-01T00:00:0${time}Z`,
    text,
    stream: 'stdout',
  });

  function startFollowing(parts: Parameters<typeof fakeEngine>[0]) {
    const over = new AbortController();
    const entries: LogEntry[] = [];
    const done = followLogs(
      fakeEngine(parts),
      { id: 'a', name: 'web' },
      (entry) => entries.push(entry),
      over.signal,
    );
    return { over, done, texts: () => entries.map(({ text }) => text) };
  }

  test('goes on after a restart where it ended, without the line that is given twice', async () => {
    const happenings = feed<ContainerEvent>();
    const lives = [feed<LogLine>(), feed<LogLine>()];
    const asked: (string | undefined)[] = [];
    const run = startFollowing({
      events: () => Promise.resolve(ok(happenings)),
      logs: (_id, { after }) => {
        asked.push(after);
        return Promise.resolve(ok(lives[asked.length - 1] ?? feed<LogLine>()));
      },
    });
    lives[0]?.push(line(1, 'one'));
    lives[0]?.push(line(2, 'two'));
    lives[0]?.end();
    await settle();
    happenings.push({ id: 'b', name: 'other', action: 'start' });
    happenings.push({ id: 'a', name: 'web', action: 'health_status: healthy' });
    happenings.push({ id: 'a', name: 'web', action: 'start' });
    lives[1]?.push(line(2, 'two'));
    lives[1]?.push(line(3, 'three'));
    await settle();
    assert.deepEqual(asked, [undefined, '2026-01-01T00:00:02Z']);
    assert.deepEqual(run.texts(), [
      'one',
      'two',
      'web has stopped. Its log goes on here when it is started again.',
      'three',
    ]);
    run.over.abort();
  });

  test('ends with a sentence when the engine is lost, and without one when it is ended', async () => {
    const logs = feed<LogLine>();
    const lost = startFollowing({ logs: () => Promise.resolve(ok(logs)) });
    logs.push(line(1, 'one'));
    await settle();
    logs.break(new Error('gone'));
    await lost.done;
    assert.match(lost.texts().at(-1) ?? '', /does not answer.*Run "Show Logs" again/);

    const quiet = feed<LogLine>();
    const ended = startFollowing({ logs: () => Promise.resolve(ok(quiet)) });
    await settle();
    ended.over.abort();
    quiet.break(new Error('aborted'));
    await ended.done;
    assert.deepEqual(ended.texts(), []);
  });

  test('says so when the engine cannot be asked at all', async () => {
    const run = startFollowing({
      events: () => Promise.resolve(fail({ kind: 'permissionDenied', where: 'unix:///x' })),
    });
    await run.done;
    assert.match(run.texts()[0] ?? '', /not allowed/);
  });
});
