/** An engine that is absent, forbidden, or gone in the middle: a typed failure each, and a recovery. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { engineFor } from '../../client/src/backup/registry.ts';
import { backUp } from '../../client/src/backup/run.ts';
import { sleep } from '../../client/src/docker/abort.ts';
import { connect } from '../../client/src/docker/connect.ts';
import { describeEngineFailure } from '../../client/src/docker/failure.ts';
import { followLogs } from '../../client/src/docker/logs.ts';
import { type Snapshot, watch } from '../../client/src/docker/watch.ts';
import { docker, type Playground, playground, succeeds, until } from './client-containers.ts';

const REAL_SOCKET = '/var/run/docker.sock';
let ground: Playground;
let folder: string;
beforeAll(async () => {
  ground = await playground();
  folder = await mkdtemp(join(tmpdir(), 'dockwright-engine-'));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  await ground.remove();
  await rm(folder, { recursive: true, force: true });
});

/** A socket that leads to the real engine until it is cut. */
interface Line {
  readonly host: string;
  /** Every connection breaks; new ones are taken. */
  readonly cut: () => void;
  /** Every connection breaks, and the socket is taken away. */
  readonly remove: () => Promise<void>;
}

async function lineToEngine(name: string): Promise<Line> {
  const path = join(folder, name);
  const open = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = createConnection(REAL_SOCKET);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        near.destroy();
        far.destroy();
        open.delete(socket);
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    host: `unix://${path}`,
    cut,
    remove: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}

async function engineAt(host: string) {
  const engine = await connect(host);
  if (!engine.ok) throw new Error(engine.error.kind);
  return engine.value;
}

describe('an engine', () => {
  test('whose socket is absent is not running where Docker is installed, else not installed', async () => {
    const host = `unix://${join(folder, 'nothing.sock')}`;
    for (const [path, kind] of [
      [process.env['PATH'], 'notRunning'],
      [folder, 'notInstalled'],
    ] as const) {
      const engine = await connect(host, { PATH: path });
      assert.ok(engine.ok);
      const list = await engine.value.list();
      assert.deepEqual(list, {
        ok: false,
        error: { kind, where: `${host} (setting dockwright.docker.host)` },
      });
    }
  });

  test('whose socket nobody listens on is not running', async () => {
    const line = await lineToEngine('left.sock');
    // A socket file that its server left behind refuses connections.
    const { host } = line;
    const child = promisify(execFile)(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(join(folder, 'dead.sock'))}, () => process.kill(process.pid, 'SIGKILL'))`,
    ]);
    await child.catch(() => undefined);
    const list = await (await engineAt(host.replace('left', 'dead'))).list();
    assert.ok(!list.ok);
    assert.equal(list.error.kind, 'notRunning');
    await line.remove();
  });

  test('whose socket we may not use says so, and what to do', async () => {
    const line = await lineToEngine('forbidden.sock');
    await chmod(join(folder, 'forbidden.sock'), 0o600);
    const probe = join(folder, 'probe.cjs');
    await buildProbe(probe);
    const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    if (!('uid' in asNobody)) await chmod(join(folder, 'forbidden.sock'), 0);
    const { stdout } = await promisify(execFile)(process.execPath, [probe, line.host], asNobody);
    const { kind, message } = JSON.parse(stdout) as { kind: string; message: string };
    assert.equal(kind, 'permissionDenied');
    assert.match(message, /not allowed.*group/);
    await line.remove();
  });

  test('that speaks another language is no engine', async () => {
    const path = join(folder, 'rude.sock');
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-nonsense\r\n', () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const list = await (await engineAt(`unix://${path}`)).list();
    assert.ok(!list.ok);
    assert.equal(list.error.kind, 'unknown');
    assert.match(describeEngineFailure(list.error).message, /could not be used/);
    server.close();
  });

  test('behind a host that cannot be read is told from its text alone', async () => {
    const engine = await connect('docker.example');
    assert.ok(!engine.ok);
    assert.equal(engine.error.kind, 'badHost');
    const badEnvironment = await connect('', { DOCKER_HOST: 'ssh://somebody@somewhere' });
    assert.ok(!badEnvironment.ok);
    assert.match(describeEngineFailure(badEnvironment.error).message, /ssh -L/);
  });
});

/** The client as one file, because the other user cannot read our sources. */
async function buildProbe(outfile: string): Promise<void> {
  const contents = `
    import { connect } from './client/src/docker/connect.ts';
    import { describeEngineFailure } from './client/src/docker/failure.ts';
    void connect(process.argv[2]).then(async (engine) => {
      const list = await engine.value.list();
      console.log(JSON.stringify({ kind: list.error?.kind, ...describeEngineFailure(list.error) }));
    });`;
  await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    external: ['ssh2', '@grpc/*', 'protobufjs'],
    banner: {
      js: 'const real = module.require.bind(module); require = (name) => (/^(ssh2|@grpc|protobufjs)/.test(name) ? {} : real(name));',
    },
  });
  await chmod(outfile, 0o644);
}

describe('a connection that is lost', () => {
  test('is reported, sought again, and everything is asked anew', async () => {
    let line = await lineToEngine('watched.sock');
    const { host } = line;
    const snapshots: Snapshot[] = [];
    const waits: number[] = [];
    const over = new AbortController();
    const done = watch(
      {
        connect: () => connect(host),
        onSnapshot: (each) => snapshots.push(each),
        sleep: (wait, signal) => {
          if (wait >= 1000) waits.push(wait);
          return sleep(Math.min(wait, 100), signal);
        },
      },
      over.signal,
    );
    await until(() => snapshots.at(-1)?.kind === 'ready');
    await line.remove();
    await until(() => waits.length > 6);
    const last = snapshots.at(-1);
    assert.ok(last?.kind === 'failed');
    assert.equal(last.failure.kind, 'notRunning');
    assert.deepEqual(waits.slice(0, 7), [1000, 2000, 4000, 8000, 16000, 30000, 30000]);

    await ground.start('meanwhile', 'busybox:1.35', [], ['sleep', '600']);
    line = await lineToEngine('watched.sock');
    await until(() => {
      const now = snapshots.at(-1);
      return (
        now?.kind === 'ready' && now.inventory.projects.some(({ name }) => name === ground.project)
      );
    });
    over.abort();
    await done;
    await line.remove();
  });

  test('ends a followed log with a sentence', async () => {
    const line = await lineToEngine('logs.sock');
    const id = await ground.start(
      'speaker',
      'busybox:1.35',
      [],
      ['sh', '-c', 'echo hi; sleep 600'],
    );
    const lines: string[] = [];
    const done = followLogs(
      await engineAt(line.host),
      { id, name: 'speaker' },
      ({ text }) => lines.push(text),
      new AbortController().signal,
    );
    await until(() => lines.includes('hi'));
    await line.remove();
    await done;
    assert.match(lines.at(-1) ?? '', /does not answer.*Show Logs/);
  });

  test('in the middle of a backup leaves no file, and no program in the container', async () => {
    const id = await ground.start('db', 'mariadb:10.11', ['-e', 'MARIADB_ROOT_PASSWORD=pw']);
    await until(() => succeeds('exec', id, 'mariadb-admin', '-h127.0.0.1', 'ping'), 60_000);
    await docker(
      ...['exec', '-e', 'MYSQL_PWD=pw', id, 'mariadb', '-uroot', '-e'],
      'CREATE DATABASE d; USE d; CREATE TABLE big (b LONGBLOB); INSERT INTO big SELECT RANDOM_BYTES(1024) FROM seq_1_to_60000',
    );
    const line = await lineToEngine('backup.sock');
    const container = await ground.find('db');
    const backup = engineFor(container);
    assert.ok(backup);
    const root = join(folder, 'backups');
    const result = await backUp({
      engine: await engineAt(line.host),
      backup,
      container,
      project: 'p',
      service: 's',
      root,
      now: () => new Date(),
      onBytes: (bytes) => {
        if (bytes > 500_000) line.cut();
      },
      signal: new AbortController().signal,
    });
    assert.ok(!result.ok);
    // Cut between two frames, the stream looks as if it had ended; then it is the tool's exit that tells.
    assert.ok(
      ['engine', 'toolFailed', 'incomplete'].includes(result.error.kind),
      result.error.kind,
    );
    assert.deepEqual(await readdir(root), ['.gitignore']);
    assert.doesNotMatch(await docker('top', id, '-eo', 'pid,args'), /dump/);
    await line.remove();
  });
});
