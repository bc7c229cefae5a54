/** Real backups of a real MariaDB: contents compared after a restore, and every way to fail. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { describeBackupFailure } from '../../client/src/backup/failure.ts';
import type { Manifest } from '../../client/src/backup/target.ts';
import { type Backups, backups, processes } from './client-backups.ts';
import { docker, type Playground, succeeds, until } from './client-containers.ts';

const PASSWORD = `p#a"s\\s w$1'x`;
let ground: Playground;
let root: string;
let save: Backups['save'];
let filesOf: Backups['filesOf'];
let remove: Backups['remove'];
beforeAll(async () => {
  ({ ground, root, save, filesOf, remove } = await backups());
});
afterAll(() => remove());

const sql = (container: string, statement: string, password = PASSWORD): Promise<string> =>
  docker('exec', '-e', `MYSQL_PWD=${password}`, container, 'mariadb', '-uroot', '-Ne', statement);

async function startMariaDb(service: string, options: readonly string[]): Promise<string> {
  const id = await ground.start(service, 'mariadb:10.11', options);
  await until(() => succeeds('exec', id, 'mariadb-admin', '-h127.0.0.1', 'ping'), 60_000);
  return id;
}

async function feed(container: string, file: string, command: readonly string[]): Promise<void> {
  const child = spawn('docker', ['exec', '-i', container, ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (data: Buffer) => (words += data.toString()));
  const ended = new Promise((resolve) => child.on('close', resolve));
  await pipeline(createReadStream(file), createGunzip(), child.stdin);
  assert.equal(await ended, 0, words);
}

describe('MariaDB', () => {
  const ROWS = 1000;
  const schema = `CREATE DATABASE shop; USE shop;
    CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(60), b BLOB) ENGINE=InnoDB;
    INSERT INTO t SELECT seq, CONCAT('line ', seq, ' ä€😀'), UNHEX(MD5(seq)) FROM seq_1_to_${ROWS};
    CREATE VIEW total AS SELECT COUNT(*) c FROM t;
    CREATE TRIGGER upper BEFORE INSERT ON t FOR EACH ROW SET NEW.v = UPPER(NEW.v);
    CREATE PROCEDURE one() SELECT 1;
    CREATE EVENT never ON SCHEDULE EVERY 1 YEAR DO SELECT 1;
    CREATE DATABASE \`odd name-2\`; CREATE TABLE \`odd name-2\`.x (i INT); INSERT INTO \`odd name-2\`.x VALUES (7);
    CREATE USER app@'%' IDENTIFIED BY 'secret'; GRANT SELECT ON shop.* TO app@'%';`;
  const questions = [
    'CHECKSUM TABLE shop.t',
    'SELECT c FROM shop.total',
    "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = 'shop'",
    "SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = 'shop'",
    "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = 'shop'",
    'SELECT i FROM `odd name-2`.x',
    'SELECT v FROM shop.t WHERE id = 777',
  ];
  let source: string;

  beforeAll(async () => {
    source = await startMariaDb('db', ['-e', `MARIADB_ROOT_PASSWORD=${PASSWORD}`]);
    await sql(source, schema);
  });

  test('comes back whole in a fresh container: rows, views, triggers, routines, events, accounts', async () => {
    let seen = 0;
    const result = await save('db', { onBytes: (bytes) => (seen = bytes) });
    assert.ok(result.ok);
    const { path, manifest } = result.value;
    assert.match(path, new RegExp(`/backups/${ground.project}/db/\\d{8}T\\d{6}Z\\.sql\\.gz$`));
    assert.equal(manifest.bytes, statSync(path).size);
    assert.equal(seen, manifest.bytes);

    const fresh = await startMariaDb('fresh', ['-e', 'MARIADB_ROOT_PASSWORD=other']);
    const command = ['sh', '-c', 'MYSQL_PWD=other exec mariadb -uroot --binary-mode'];
    await feed(fresh, path, command);
    await sql(fresh, 'FLUSH PRIVILEGES', 'other').catch(() => sql(fresh, 'FLUSH PRIVILEGES'));
    for (const question of questions) {
      assert.equal(await sql(fresh, question), await sql(source, question), question);
    }
    const count = await docker(
      ...['exec', '-e', 'MYSQL_PWD=secret', fresh],
      ...['mariadb', '-uapp', '-h127.0.0.1', '-Ne', 'SELECT COUNT(*) FROM shop.t'],
    );
    assert.equal(count, String(ROWS));
    await docker('rm', '-fv', fresh);
  });

  test('has a manifest that tells the truth, private files, and a folder that Git passes over', async () => {
    const result = await save('db');
    assert.ok(result.ok);
    const { path } = result.value;
    const manifest = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Manifest;
    assert.equal(manifest.sha256, createHash('sha256').update(readFileSync(path)).digest('hex'));
    assert.equal(manifest.engine, 'mariadb');
    assert.equal(manifest.service, 'db');
    assert.equal(manifest.image, 'mariadb:10.11');
    assert.match(manifest.imageId, /^sha256:/);
    assert.equal(manifest.tool, 'mariadb-dump');
    assert.match(manifest.toolVersion, /10\.11/);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(`${path}.json`).mode & 0o777, 0o600);
    assert.match(readFileSync(join(root, '.gitignore'), 'utf8'), /^\*$/m);
    assert.deepEqual(
      filesOf('db').filter((name) => name.startsWith('.')),
      [],
    );
  });

  test('takes two at the same moment without one overwriting the other', async () => {
    const now = () => new Date('2026-01-02T03:04:05Z');
    const both = await Promise.all([save('db', { now }), save('db', { now })]);
    const names = both.map((each) => (each.ok ? each.value.manifest.file : each.error.kind)).sort();
    assert.deepEqual(names, ['20260102T030405Z-2.sql.gz', '20260102T030405Z.sql.gz']);
  });

  test('that is cancelled in the middle leaves nothing, on neither side', async () => {
    await sql(
      source,
      `CREATE TABLE shop.big (b LONGBLOB); USE shop; INSERT INTO big SELECT RANDOM_BYTES(1024) FROM seq_1_to_60000`,
    );
    const before = filesOf('db');
    const cancelled = new AbortController();
    const result = await save('db', {
      signal: cancelled.signal,
      onBytes: (bytes) => {
        if (bytes > 1_000_000) cancelled.abort();
      },
    });
    assert.deepEqual(result, { ok: false, error: { kind: 'cancelled' } });
    assert.deepEqual(filesOf('db'), before);
    assert.doesNotMatch(await processes(source), /dump/);
    await sql(source, 'DROP TABLE shop.big');
  });

  test('that is cancelled before it begins leaves nothing', async () => {
    const before = filesOf('db');
    const result = await save('db', { signal: AbortSignal.abort() });
    assert.deepEqual(result, { ok: false, error: { kind: 'cancelled' } });
    assert.deepEqual(filesOf('db'), before);
    assert.doesNotMatch(await processes(source), /dump/);
  });

  test('keeps the password out of the process list', async () => {
    const lists: string[] = [];
    const result = await save('db', {
      onBytes: () => undefined,
      engine: {
        ...ground.engine,
        exec: async (id, argv) => {
          assert.ok(!argv.some((each) => each.includes(PASSWORD)));
          const exec = await ground.engine.exec(id, argv);
          lists.push(await processes(id));
          return exec;
        },
      },
    });
    assert.ok(result.ok);
    assert.ok(!lists.some((list) => list.includes(PASSWORD)));
  });

  test('into a place that cannot be written fails with a sentence', async () => {
    const file = join(root, '..', 'a-file');
    await writeFile(file, '');
    const result = await save('db', { root: join(file, 'backups') });
    assert.ok(!result.ok);
    assert.equal(result.error.kind, 'cannotWrite');
    assert.match(
      describeBackupFailure(result.error)?.message ?? '',
      /cannot be written.*dockwright\.backup\.folder/,
    );
  });

  test('with a password that was changed meanwhile says so, and writes no file', async () => {
    const id = await startMariaDb('changed', ['-e', 'MARIADB_ROOT_PASSWORD=old']);
    await sql(id, "ALTER USER root@localhost IDENTIFIED BY 'new'", 'old');
    const result = await save('changed');
    assert.ok(!result.ok);
    assert.equal(result.error.kind, 'toolFailed');
    assert.match(
      describeBackupFailure(result.error)?.message ?? '',
      /did not accept the root password/,
    );
    assert.deepEqual(filesOf('changed'), []);
    await docker('rm', '-fv', id);
  });

  test('reads a password file inside the container', async () => {
    const id = await startMariaDb('filed', [
      ...['-e', 'MARIADB_ROOT_PASSWORD_FILE=/run/root-password'],
      ...['-e', 'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1'],
    ]);
    await docker('exec', id, 'sh', '-c', 'printf "from a file\\n" > /run/root-password');
    await sql(id, "ALTER USER root@localhost IDENTIFIED BY 'from a file'", '');
    const result = await save('filed');
    assert.ok(result.ok, JSON.stringify(result));
    await docker('rm', '-fv', id);
  });

  test('whose server dies in the middle fails and leaves nothing', async () => {
    const id = await startMariaDb('dying', ['-e', 'MARIADB_ROOT_PASSWORD=pw']);
    await sql(
      id,
      'CREATE DATABASE d; CREATE TABLE d.big (b LONGBLOB); USE d; INSERT INTO big SELECT RANDOM_BYTES(1024) FROM seq_1_to_60000',
      'pw',
    );
    let killed: Promise<string> | undefined;
    const result = await save('dying', {
      onBytes: (bytes) => {
        if (bytes > 500_000) killed ??= docker('kill', id);
      },
    });
    await killed;
    assert.ok(killed);
    assert.ok(!result.ok, JSON.stringify(result));
    assert.deepEqual(filesOf('dying'), []);
    await docker('rm', '-fv', id);
  });

  test('of a stopped or a paused container is refused with a sentence', async () => {
    const id = await ground.start('still', 'mariadb:10.11', [], ['sh', '-c', 'sleep 600']);
    await docker('pause', id);
    const paused = await save('still');
    assert.ok(!paused.ok);
    assert.match(describeBackupFailure(paused.error)?.message ?? '', /is paused/);
    await docker('unpause', id);
    await docker('kill', id);
    const stopped = await save('still');
    assert.ok(!stopped.ok);
    assert.match(describeBackupFailure(stopped.error)?.message ?? '', /is not running.*Start/);
    assert.deepEqual(filesOf('still'), []);
  });
});
