/** Real backups of a real Redis: keys compared after a restore, and every way to fail. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { describeBackupFailure } from '../../client/src/backup/failure.ts';
import { engineFor } from '../../client/src/backup/registry.ts';
import { type Backups, backups, processes } from './client-backups.ts';
import { docker, type Playground, succeeds, until } from './client-containers.ts';

let ground: Playground;
let save: Backups['save'];
let filesOf: Backups['filesOf'];
let remove: Backups['remove'];
beforeAll(async () => {
  ({ ground, save, filesOf, remove } = await backups());
});
afterAll(() => remove());

describe('Redis', () => {
  const fast = ['redis-server', '--repl-diskless-sync-delay', '0'];

  async function startRedis(service: string, options: readonly string[], more: readonly string[]) {
    const id = await ground.start(service, 'redis:7.0', options, [...fast, ...more]);
    await until(() => succeeds('exec', id, 'redis-cli', 'ping'));
    return id;
  }

  async function restored(path: string): Promise<string> {
    const name = `${ground.project}-restored-1`;
    await docker(
      ...['create', '--name', name, '--label', `com.docker.compose.project=${ground.project}`],
      'redis:7.0',
    );
    await docker('cp', path, `${name}:/data/dump.rdb`);
    await docker('start', name);
    await until(async () => (await docker('exec', name, 'redis-cli', 'ping')) === 'PONG');
    return name;
  }

  test('comes back with every key in a fresh container', async () => {
    const id = await startRedis('cache', [], []);
    await docker(
      ...['exec', id, 'sh', '-c'],
      'i=0; while [ $i -lt 1000 ]; do i=$((i+1)); printf "SET k:%d v%d\\r\\n" $i $i; done | redis-cli --pipe',
    );
    const result = await save('cache');
    assert.ok(result.ok, JSON.stringify(result));
    assert.match(result.value.path, /\.rdb$/);
    assert.equal(readFileSync(result.value.path).subarray(0, 5).toString(), 'REDIS');
    assert.equal(await docker('exec', id, 'sh', '-c', 'ls /tmp | grep -c dockwright || :'), '0');

    const fresh = await restored(result.value.path);
    assert.equal(await docker('exec', fresh, 'redis-cli', 'dbsize'), '1000');
    assert.equal(await docker('exec', fresh, 'redis-cli', 'get', 'k:777'), 'v777');
    await docker('rm', '-fv', fresh, id);
  });

  test('takes its password from the container', async () => {
    for (const [service, variable] of [
      ['auth', 'REDISCLI_AUTH'],
      ['auth2', 'REDIS_PASSWORD'],
    ] as const) {
      const id = await startRedis(
        service,
        ['-e', `${variable}=s3 cret`],
        ['--requirepass', 's3 cret'],
      );
      const result = await save(service);
      assert.ok(result.ok, JSON.stringify(result));
      await docker('rm', '-fv', id);
    }
  });

  test('without the password says what is missing, and writes no file', async () => {
    const id = await startRedis('locked', [], ['--requirepass', 'secret']);
    const result = await save('locked');
    assert.ok(!result.ok);
    assert.match(describeBackupFailure(result.error)?.message ?? '', /REDISCLI_AUTH/);
    assert.deepEqual(filesOf('locked'), []);
    assert.equal(await docker('exec', id, 'sh', '-c', 'ls /tmp | grep -c dockwright || :'), '0');
    await docker('rm', '-fv', id);
  });

  test('that is cancelled while it waits leaves nothing, on neither side', async () => {
    const id = await ground.start(
      'slow',
      'redis:7.0',
      [],
      [...['redis-server', '--repl-diskless-sync-delay', '60']],
    );
    await until(() => succeeds('exec', id, 'redis-cli', 'ping'));
    const cancelled = new AbortController();
    const saving = save('slow', { signal: cancelled.signal });
    await until(async () => (await processes(id)).includes('redis-cli --rdb'));
    cancelled.abort();
    assert.deepEqual(await saving, { ok: false, error: { kind: 'cancelled' } });
    assert.deepEqual(filesOf('slow'), []);
    assert.doesNotMatch(await processes(id), /redis-cli/);
    assert.equal(await docker('exec', id, 'sh', '-c', 'ls /tmp | grep -c dockwright || :'), '0');
    await docker('rm', '-fv', id);
  });

  test('of a container without a tool says which one it needs', async () => {
    const id = await ground.start('toolless', 'busybox:1.35', [], ['sleep', '600']);
    const backup = engineFor({ image: 'redis:7' });
    assert.ok(backup);
    const result = await save('toolless', { backup });
    assert.ok(!result.ok);
    assert.match(
      describeBackupFailure(result.error)?.message ?? '',
      /has none of redis-cli, valkey-cli/,
    );
    await docker('rm', '-fv', id);
  });
});
