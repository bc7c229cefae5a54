/** The client and the real engine: lists, events, start and stop, logs. */
import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { sleep } from '../../client/src/docker/abort.ts';
import { connect } from '../../client/src/docker/connect.ts';
import { followLogs } from '../../client/src/docker/logs.ts';
import { type Snapshot, watch } from '../../client/src/docker/watch.ts';
import { docker, type Playground, playground, until } from './client-containers.ts';

let ground: Playground;
beforeAll(async () => {
  ground = await playground();
});
afterAll(() => ground.remove());

const IDLE = ['sh', '-c', 'trap exit TERM; while :; do sleep 0.1; done'];

describe('the list', () => {
  test('has stopped containers too, with state, health and exit code', async () => {
    await ground.start('ended', 'busybox:1.35', [], ['sh', '-c', 'exit 3']);
    await ground.start('idle', 'busybox:1.35', [], IDLE);
    await ground.start(
      'well',
      'busybox:1.35',
      ['--health-cmd', 'true', '--health-interval', '200ms'],
      IDLE,
    );
    await until(async () => (await ground.find('ended')).state === 'exited');
    await until(async () => (await ground.find('well')).health === 'healthy');

    assert.equal((await ground.find('ended')).exitCode, 3);
    const idle = await ground.find('idle');
    assert.equal(idle.state, 'running');
    assert.equal(idle.health, 'none');
    assert.equal(idle.image, 'busybox:1.35');
    assert.match(idle.imageId, /^sha256:/);
  });
});

describe('start, stop and restart', () => {
  test('do so, and are content when it is so already', async () => {
    await ground.start('power', 'busybox:1.35', [], IDLE);
    const { id } = await ground.find('power');
    assert.deepEqual(await ground.engine.start(id), { ok: true, value: undefined });
    assert.ok((await ground.engine.stop(id)).ok);
    assert.equal((await ground.find('power')).state, 'exited');
    assert.ok((await ground.engine.stop(id)).ok);
    assert.ok((await ground.engine.start(id)).ok);
    assert.equal((await ground.find('power')).state, 'running');
    const before = await docker('inspect', '-f', '{{.State.StartedAt}}', id);
    assert.ok((await ground.engine.restart(id)).ok);
    assert.notEqual(await docker('inspect', '-f', '{{.State.StartedAt}}', id), before);
  });

  test('say that a container is gone', async () => {
    const answer = await ground.engine.start('0123456789abcdef');
    assert.deepEqual(answer, {
      ok: false,
      error: { kind: 'gone', what: 'The container 0123456789ab' },
    });
  });

  test("give the engine's own reason when it refuses", async () => {
    const id = await docker(
      ...['create', '--name', `${ground.project}-broken-1`],
      ...['--label', `com.docker.compose.project=${ground.project}`],
      ...['busybox:1.35', '/no/such/program'],
    );
    const answer = await ground.engine.start(id);
    assert.ok(!answer.ok);
    assert.equal(answer.error.kind, 'refused');
    assert.match(answer.error.reason, /no such file or directory/);
  });
});

describe('watching', () => {
  test('sees a container come, become healthy, unhealthy, and go, without being asked again', async () => {
    const snapshots: Snapshot[] = [];
    const over = new AbortController();
    const done = watch(
      { connect: () => connect(''), onSnapshot: (each) => snapshots.push(each), sleep },
      over.signal,
    );
    const now = () => {
      const last = snapshots.at(-1);
      if (last?.kind !== 'ready') return undefined;
      const project = last.inventory.projects.find(({ name }) => name === ground.project);
      return project?.services.find(({ name }) => name === 'watched')?.containers[0];
    };
    try {
      await until(() => snapshots.length > 0);
      assert.equal(now(), undefined);
      const health = ['--health-cmd', 'test -e /tmp/well', '--health-interval', '200ms'];
      const id = await ground.start(
        'watched',
        'busybox:1.35',
        [...health, '--health-retries', '1'],
        IDLE,
      );
      await until(() => now()?.health === 'unhealthy');
      await docker('exec', id, 'touch', '/tmp/well');
      await until(() => now()?.health === 'healthy');
      await docker('kill', id);
      await until(() => now()?.state === 'exited');
      assert.equal(now()?.exitCode, 137);
      await docker('rm', id);
      await until(() => now() === undefined);
    } finally {
      over.abort();
    }
    await done;
  });
});

describe('a followed log', () => {
  const writer =
    'i=0; while :; do i=$((i+1)); echo "out $i é€"; echo "err $i" >&2; sleep 0.2; done';

  test('has old lines, new lines, and goes on through a restart without saying a line twice', async () => {
    const id = await ground.start('talker', 'busybox:1.35', [], ['sh', '-c', writer]);
    const { name } = await ground.find('talker');
    await until(async () => (await docker('logs', id)).includes('out 3'));
    const lines: string[] = [];
    const over = new AbortController();
    const done = followLogs(
      ground.engine,
      { id, name },
      ({ text }) => lines.push(text),
      over.signal,
    );
    await until(() => lines.includes('out 3 é€') && lines.includes('err 3'));
    await until(() => lines.includes('out 6 é€'));
    assert.equal(lines.filter((line) => line === 'out 2 é€').length, 1);

    await docker('restart', '-t', '0', id);
    await until(() => lines.filter((line) => line === 'out 2 é€').length === 2);
    await until(() => lines.filter((line) => line === 'out 4 é€').length === 2);
    assert.equal(lines.filter((line) => line === 'out 1 é€').length, 2);
    assert.ok(lines.some((line) => line.includes('has stopped')));
    over.abort();
    await done;
  });

  test('goes on in the container that takes the place of the old one', async () => {
    const id = await ground.start('heir', 'busybox:1.35', [], ['sh', '-c', 'echo first; sleep 60']);
    const { name } = await ground.find('heir');
    const lines: string[] = [];
    const over = new AbortController();
    const done = followLogs(
      ground.engine,
      { id, name },
      ({ text }) => lines.push(text),
      over.signal,
    );
    await until(() => lines.includes('first'));
    await docker('rm', '-f', id);
    await ground.start('heir', 'busybox:1.35', [], ['sh', '-c', 'echo second; sleep 60']);
    await until(() => lines.includes('second'));
    over.abort();
    await done;
  });

  test('of a terminal has no frames and is read all the same', async () => {
    const id = await ground.start(
      'terminal',
      'busybox:1.35',
      ['-t'],
      ['sh', '-c', 'echo plain; sleep 60'],
    );
    const lines: string[] = [];
    const over = new AbortController();
    const done = followLogs(
      ground.engine,
      { id, name: 'terminal' },
      ({ text }) => lines.push(text),
      over.signal,
    );
    await until(() => lines.includes('plain'));
    over.abort();
    await done;
  });
});
