/** Backup engines: one contract for all of them, the exact command of each, and a runner that takes nothing on trust. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { type BackupFailure, describeBackupFailure } from '../../../client/src/backup/failure.ts';
import { backupEngines, engineFor } from '../../../client/src/backup/registry.ts';
import { backUp, type BackupRequest } from '../../../client/src/backup/run.ts';
import { slug, timeStamp } from '../../../client/src/backup/target.ts';
import type { Exec } from '../../../client/src/docker/engine.ts';
import { ok } from '../../../client/src/docker/failure.ts';
import { container, fakeEngine, finished } from './fake-engine.ts';

const samples: Readonly<Record<string, readonly string[]>> = {
  mariadb: [
    'mariadb:10.11',
    'mysql:8.4',
    'docker.io/library/mariadb@sha256:0123',
    'localhost:5000/shop/mariadb',
    'bitnami/mariadb-galera:11',
    'acme/shop-mysql',
    'percona:8',
  ],
  redis: ['redis:7.0', 'redis:7-alpine', 'redis/redis-stack-server', 'valkey/valkey:8', 'my_redis'],
};
const strangers = [
  'nginx:1.22',
  'postgres:15',
  'phpmyadmin:latest',
  'prom/mysqld-exporter',
  'oliver006/redis_exporter',
  'rediscommander/redis-commander',
  'fradelg/mysql-backup',
  'redis/redisinsight',
  'redis.example.org/app:1',
  'sha256:0123456789',
  '',
];

describe.each(backupEngines)('$id', (engine) => {
  test('detects its own images, and no others', () => {
    for (const [id, images] of Object.entries(samples)) {
      for (const image of images) assert.equal(engine.detects({ image }), id === engine.id, image);
    }
    for (const image of strangers) assert.equal(engine.detects({ image }), false, image);
  });

  test('gives each tool a command of its own, with constant shell text', () => {
    const plans = engine.tools.map((tool) => engine.planBackup(tool));
    assert.equal(new Set(plans.map(({ argv }) => argv[2])).size, 1);
    plans.forEach(({ argv }, index) => assert.equal(argv[4], engine.tools[index]));
  });

  test('names the process to be ended before anything else can take time', () => {
    assert.match(engine.planBackup('tool').argv[2] ?? '', /dockwright-pid \$\$/);
  });

  test('can tell a whole archive from a cut one', () => {
    const { proof } = engine.planBackup('tool');
    assert.ok(proof.head ?? proof.tail);
  });

  test('has an extension that says how it is packed', () => {
    assert.equal(engine.extension.endsWith('.gz'), engine.planBackup('tool').pack === 'gzip');
  });

  test('keeps silent about words that it does not know', () => {
    assert.equal(engine.explain('something else'), undefined);
  });
});

test('the command for MariaDB', () => {
  assert.deepEqual(
    engineFor({ image: 'mariadb:10.11' })?.planBackup('mariadb-dump').argv.slice(3),
    [
      'dockwright',
      'mariadb-dump',
      '--user=root',
      '--single-transaction',
      '--quick',
      '--routines',
      '--triggers',
      '--events',
      '--hex-blob',
      '--default-character-set=utf8mb4',
      '--all-databases',
    ],
  );
});

test('the command for Redis', () => {
  const argv = engineFor({ image: 'redis:7' })?.planBackup('redis-cli').argv;
  assert.deepEqual(argv?.slice(3), ['dockwright', 'redis-cli']);
  assert.match(argv[2] ?? '', /"\$1" --rdb "\$file"/);
});

test('what the tools say about passwords and servers becomes what to do', () => {
  const explain = (image: string, words: string) => engineFor({ image })?.explain(words) ?? '';
  assert.match(
    explain('mariadb', 'Got error: 1045: "Access denied for user \'root\'"'),
    /password/,
  );
  assert.match(
    explain('mariadb', 'error: 2002: "Can\'t connect to local server"'),
    /does not answer/,
  );
  assert.match(
    explain('redis', 'SYNC with master failed: -NOAUTH Authentication'),
    /REDISCLI_AUTH/,
  );
  assert.match(explain('redis', '-NOPERM this user has no permissions'), /\+sync/);
  assert.match(explain('redis', 'Could not connect to Redis at 127.0.0.1:6379'), /answer/);
});

describe('the runner', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dockwright-run-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const DUMP = `${'x'.repeat(10_000)}\n-- Dump completed on 2026-01-01\n`;
  const found = () => finished('mariadb-dump\nmariadb-dump Ver 10\n');

  function save(dump: () => Exec, changes: Partial<BackupRequest> = {}) {
    const ran: string[][] = [];
    const backup = engineFor({ image: 'mariadb' });
    assert.ok(backup);
    const engine = fakeEngine({
      exec: (_id, argv) => {
        ran.push([...argv]);
        const program = argv[2] ?? '';
        if (program.includes('command -v')) return Promise.resolve(ok(found()));
        if (program.includes('kill -TERM')) return Promise.resolve(ok(finished('')));
        return Promise.resolve(ok(dump()));
      },
    });
    const result = backUp({
      engine,
      backup,
      container: container('db'),
      project: 'p',
      service: 's',
      root: join(root, 'backups'),
      now: () => new Date('2026-02-03T04:05:06.789Z'),
      onBytes: () => undefined,
      signal: new AbortController().signal,
      ...changes,
    });
    return { result, ran };
  }
  const left = () =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name !== 'backups')
      .sort();

  test('writes archive and manifest, and nothing else', async () => {
    const result = await save(() => finished(DUMP, 'dockwright-pid 7\n')).result;
    assert.ok(result.ok);
    assert.equal(gunzipSync(readFileSync(result.value.path)).toString(), DUMP);
    assert.deepEqual(left(), [
      'backups/.gitignore',
      'backups/p',
      'backups/p/s',
      'backups/p/s/20260203T040506Z.sql.gz',
      'backups/p/s/20260203T040506Z.sql.gz.json',
    ]);
    assert.equal(result.value.manifest.startedAt, '2026-02-03T04:05:06.789Z');
  });

  test('never writes over a backup of the same second', async () => {
    const first = await save(() => finished(DUMP)).result;
    const second = await save(() => finished(DUMP)).result;
    assert.ok(first.ok && second.ok);
    assert.notEqual(first.value.path, second.value.path);
  });

  test.each<[string, () => Exec, BackupFailure['kind']]>([
    ['ended with an error after a whole archive', () => finished(DUMP, 'oh', 2), 'toolFailed'],
    ['ended well and sent nothing', () => finished(''), 'incomplete'],
    ['ended well and sent no end', () => finished(DUMP.slice(0, 10_000)), 'incomplete'],
    [
      'ended well with the mark only in the middle',
      () => finished(`-- Dump completed\n${DUMP.slice(0, 10_000)}`),
      'incomplete',
    ],
    [
      'was cut off',
      () => ({
        ...finished(''),
        stdout: (async function* () {
          await Promise.resolve();
          yield Buffer.from(DUMP);
          throw new Error('connection lost');
        })(),
      }),
      'engine',
    ],
  ])('leaves no file when the tool %s', async (_title, dump, kind) => {
    const result = await save(() => ({ ...dump(), stderr: () => 'dockwright-pid 7\noh' })).result;
    assert.ok(!result.ok);
    assert.equal(result.error.kind, kind);
    assert.deepEqual(left(), ['backups/.gitignore']);
  });

  test('ends the program inside when its stream breaks', async () => {
    const { result, ran } = save(() => ({
      ...finished(''),
      stderr: () => 'dockwright-pid 4711\n',
      stdout: (async function* () {
        await Promise.resolve();
        yield Buffer.from('x');
        throw new Error('connection lost');
      })(),
    }));
    await result;
    assert.equal(ran.at(-1)?.at(-1), '4711');
  });

  test('names folders after whatever a label says, one level deep', async () => {
    const result = await save(() => finished(DUMP), { project: '../../etc', service: '.ssh/x y' })
      .result;
    assert.ok(result.ok);
    assert.ok(result.value.path.startsWith(join(root, 'backups', '_._.._etc', '_ssh_x_y')));
    assert.equal(result.value.manifest.project, '../../etc');
  });

  test('says what is wrong with the container before it writes', async () => {
    const stopped = fakeEngine({
      inspect: () => Promise.resolve(ok({ running: false, paused: false, tty: false })),
    });
    const result = await save(() => finished(DUMP), { engine: stopped }).result;
    assert.ok(!result.ok && result.error.kind === 'notRunning');
    assert.deepEqual(left(), []);
  });
});

test.each([
  ['shop', 'shop'],
  ['../x', '_._x'],
  ['..', '_.'],
  ['', '_'],
  ['ä/b\n', '__b_'],
  ['-rf', '_rf'],
  ['x'.repeat(300), 'x'.repeat(100)],
])('the folder of %j is %j', (name, expected) => {
  assert.equal(slug(name), expected);
});

test('time stamps are in UTC and sort by time', () => {
  assert.equal(timeStamp(new Date('2026-10-25T01:30:00+02:00')), '20261024T233000Z');
});

test('every failure but a cancel is told in sentences, each with a button', () => {
  const failures: BackupFailure[] = [
    { kind: 'notRunning', container: 'c', state: 'paused' },
    { kind: 'toolMissing', container: 'c', tools: ['a', 'b'] },
    { kind: 'toolFailed', tool: 't', exitCode: 3, words: '' },
    { kind: 'incomplete', tool: 't' },
    { kind: 'cannotWrite', folder: 'f', reason: 'EROFS' },
    { kind: 'diskFull', folder: 'f' },
    { kind: 'noFolder' },
    { kind: 'engine', failure: { kind: 'notRunning', where: 'x' } },
  ];
  for (const failure of failures) {
    const advice = describeBackupFailure(failure);
    assert.match(advice?.message ?? '', /\.$/, failure.kind);
    assert.ok(advice?.button, failure.kind);
  }
  assert.equal(describeBackupFailure({ kind: 'cancelled' }), undefined);
});
