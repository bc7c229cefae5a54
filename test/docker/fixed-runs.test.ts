/** What the fixes write, run: the health checks pass, and limits, log rotation and restart policy are in the containers. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { buildCli, CLI } from '../cli/dockwright.ts';

const PROJECT = `dwfixed${randomUUID().slice(0, 8)}`;
let folder = '';

const BARE = `services:
  db:
    image: mariadb:10.11
    environment:
      MARIADB_ROOT_PASSWORD: \${ROOT_PASSWORD:?}
  cache:
    image: redis:7.0
  web:
    image: nginx:1.27-alpine
`;

/** Short times, and shares that fit any machine. */
const CONFIG = `healthcheck: { interval: 1s, timeout: 3s, retries: 30, start-period: 30s }
roles:
  database: { cpus: "0.5", memory: 512M }
  cache: { cpus: "0.5", memory: 64M }
  web: { cpus: "0.5", memory: 64M }
`;

interface Inspected {
  readonly State: { readonly Health: { readonly Status: string } };
  readonly HostConfig: {
    readonly Memory: number;
    readonly MemoryReservation: number;
    readonly NanoCpus: number;
    readonly RestartPolicy: { readonly Name: string };
    readonly LogConfig: {
      readonly Type: string;
      readonly Config: Readonly<Record<string, string>>;
    };
  };
}

function compose(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('docker', ['compose', '-p', PROJECT, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ROOT_PASSWORD: randomUUID() },
  });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

function inspect(service: string): Inspected {
  const id = compose('ps', '-q', service);
  const [inspected] = JSON.parse(
    execFileSync('docker', ['inspect', id], { encoding: 'utf8' }),
  ) as Inspected[];
  assert.ok(inspected);
  return inspected;
}

beforeAll(async () => {
  await buildCli();
  folder = mkdtempSync(join(tmpdir(), 'dockwright-runs-'));
  writeFileSync(join(folder, 'compose.yaml'), BARE);
  writeFileSync(join(folder, '.dockwright.yaml'), CONFIG);
  execFileSync(process.execPath, [CLI, 'fix', folder]);
  compose('up', '-d', '--wait');
});

afterAll(() => {
  compose('down', '-v', '--remove-orphans');
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['db', 512],
  ['cache', 64],
  ['web', 64],
] as const)('%s', (service, megabytes) => {
  test('passes the health check that was written for it', () => {
    assert.equal(inspect(service).State.Health.Status, 'healthy');
  });

  test('has the limits, the reservation, the rotation and the restart policy', () => {
    const { Memory, MemoryReservation, NanoCpus, RestartPolicy, LogConfig } =
      inspect(service).HostConfig;
    assert.equal(Memory, megabytes * 1024 ** 2);
    assert.equal(MemoryReservation, Memory / 4);
    assert.equal(NanoCpus, 0.5e9);
    assert.equal(RestartPolicy.Name, 'unless-stopped');
    assert.deepEqual(LogConfig, {
      Type: 'json-file',
      Config: { 'max-file': '3', 'max-size': '10m' },
    });
  });
});

test('the health checks fail when the service does', () => {
  execFileSync('docker', [
    'exec',
    compose('ps', '-q', 'web'),
    'rm',
    '/usr/share/nginx/html/index.html',
  ]);
  const end = Date.now() + 90_000;
  while (inspect('web').State.Health.Status !== 'unhealthy') {
    assert.ok(Date.now() < end, 'the check still passes');
    spawnSync('sleep', ['1']);
  }
});
