/** What the fixes make of the sample stack, judged by Compose itself: accepted, and different only by what was added. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { buildCli, CLI } from '../cli/dockwright.ts';

/** What no edit of these files can put right: which program, which password and which file is meant, people know. */
const FOR_PEOPLE = [
  'compose/no-impossible-healthcheck',
  'compose/no-live-datadir-backup',
  'compose/no-missing-mount-source',
  'compose/no-unscrapable-target',
  'dockerfile/no-floating-base-image',
  'project/no-crlf-script',
];

const REPORTED = [
  ...FOR_PEOPLE,
  'compose/no-default-password',
  'compose/no-floating-image-tag',
  'compose/no-public-admin-interface',
  'compose/no-published-database-port',
  // Silent once nobody but the host reaches the port.
  'compose/no-unauthenticated-redis',
  'compose/require-healthcheck',
  'compose/require-log-rotation',
  'compose/require-read-only-config-mount',
  'compose/require-resource-limits',
  'compose/require-resource-reservations',
  'compose/require-restart-policy',
  'dockerfile/no-ignored-failure',
  'dockerfile/no-missing-package',
  'dockerfile/require-healthcheck',
  'dockerfile/require-non-root-user',
  'dockerfile/require-oci-labels',
  'project/require-dockerignore',
];

let folder = '';
let stack = '';

beforeAll(async () => {
  await buildCli();
  folder = mkdtempSync(join(tmpdir(), 'dockwright-fixed-'));
  stack = join(folder, 'stack');
  cpSync('docker/stack', stack, { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Json {
  readonly findings: readonly {
    readonly rule: string;
    readonly fixes: readonly { readonly safety: string }[];
  }[];
}

function check(): Json {
  const { stdout } = spawnSync(process.execPath, [CLI, 'check', stack, '--format', 'json'], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout) as Json;
}

/** What Compose would run, all profiles on; throws with Compose's own words where it refuses. */
function effective(environment: Readonly<Record<string, string>> = {}): unknown {
  const args = ['compose', '--profile', '*', '-f', 'compose.yaml', 'config', '--format', 'json'];
  const { stdout, stderr, status } = spawnSync('docker', args, {
    cwd: stack,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

/** Paths at which `after` lacks or changes something of `before`; lists have to be equal but for keys added in their items. */
function lost(before: unknown, after: unknown, path = ''): readonly string[] {
  if (typeof before !== 'object' || before === null) return Object.is(before, after) ? [] : [path];
  if (typeof after !== 'object' || after === null) return [path];
  const inside = after as Readonly<Record<string, unknown>>;
  if (Array.isArray(before) && before.length !== (after as readonly unknown[]).length)
    return [path];
  return Object.entries(before).flatMap(([key, value]) =>
    lost(value, inside[key], `${path}/${key}`),
  );
}

describe('dockwright on the sample stack', () => {
  let before: unknown;

  test('check reports everything that fixes can act on, and the faults that its paper lists', () => {
    before = effective();
    const reported = new Set(check().findings.map(({ rule }) => rule));
    assert.deepEqual(
      REPORTED.filter((rule) => !reported.has(rule)),
      [],
    );
  });

  test('fix: Compose accepts the file, and it differs only by additions', () => {
    const run = spawnSync(process.execPath, [CLI, 'fix', stack, '--fail-on', 'never'], {
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    const after = effective();
    assert.deepEqual(lost(before, after), []);
    assert.notDeepEqual(after, before);
    assert.ok(!check().findings.some(({ fixes }) => fixes.some(({ safety }) => safety === 'safe')));
  });

  test('fix --unsafe: what is left is for people, Compose asks for what a person owes, and with it runs what ran before', () => {
    const run = spawnSync(process.execPath, [CLI, 'fix', stack, '--unsafe', '--fail-on', 'never'], {
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    // Names that the fixes bring belong into the example, in another round: it is another file.
    const again = spawnSync(process.execPath, [
      CLI,
      'fix',
      stack,
      '--unsafe',
      '--fail-on',
      'never',
    ]);
    assert.equal(again.status, 0);
    const left = check().findings;
    assert.deepEqual(
      left.filter(({ fixes }) => fixes.length > 0),
      [],
    );
    assert.deepEqual([...new Set(left.map(({ rule }) => rule))].sort(), FOR_PEOPLE);
    assert.throws(() => effective(), /required variable \w+ is missing a value: set it/);
    const answers = {
      TWLAN_DB_ROOT_PASSWORD: 'twlan_root_2025',
      TWLAN_DB_PASSWORD: 'twlan_secure_2025',
      TWLAN_GRAFANA_PASSWORD: 'twlan_grafana_2025',
      PHPMYADMIN_VERSION: 'latest',
      PROMETHEUS_VERSION: 'latest',
      GRAFANA_VERSION: 'latest',
      ALPINE_VERSION: 'latest',
    };
    assert.deepEqual(lost(before, effective(answers)), []);
    for (const name of Object.keys(answers))
      assert.ok(run.stdout.includes(`Set ${name} in .env`), name);
  });

  test('no password is in what the command line says', () => {
    cpSync('docker/stack', stack, { recursive: true });
    const { stdout } = spawnSync(process.execPath, [CLI, 'check', stack], { encoding: 'utf8' });
    assert.doesNotMatch(stdout, /twlan_(root|secure|grafana)_2025/);
    assert.match(readFileSync(join(stack, 'compose.yaml'), 'utf8'), /twlan_root_2025/);
  });
});
