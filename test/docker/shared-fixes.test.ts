/** Fixes at the root: Compose takes what they write, and every service that was counted has it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { buildCli, CLI } from '../cli/dockwright.ts';

let folder = '';

beforeAll(async () => {
  await buildCli();
  folder = mkdtempSync(join(tmpdir(), 'dockwright-shared-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Config {
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const compose = (...args: readonly string[]): string =>
  execFileSync('docker', ['compose', '-f', join(folder, 'compose.yaml'), ...args], {
    encoding: 'utf8',
  });

const ANCHORS = `x-defaults: &defaults
  security_opt: [label=disable]
x-app: &app
  <<: *defaults
  image: shop/app:1.4
services:
  blue:
    <<: *app
  green:
    <<: [*app]
    command: green
  cache:
    <<: *defaults
    image: shop/cache:1.4
`;

const EXTENDS = `services:
  base:
    image: shop/app:1.4
    deploy:
      replicas: 1
  blue:
    extends: base
    deploy:
      labels: {colour: blue}
  green:
    extends:
      service: base
    logging: {driver: json-file}
`;

const ALIASES = `services:
  blue: &app
    image: shop/app:1.4
    logging: &log {driver: json-file}
  green: *app
  red:
    image: shop/red:1.4
    logging: *log
`;

test.each([ANCHORS, EXTENDS, ALIASES])('%#', (text) => {
  const path = join(folder, 'compose.yaml');
  writeFileSync(path, text);
  compose('config', '--quiet');
  const args = ['fix', '--preset', 'all', '--unsafe', '--fail-on', 'never', path];
  const out = execFileSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  assert.match(out, /fixes \d services/);
  const { services } = JSON.parse(compose('config', '--format', 'json')) as Config;
  for (const [name, service] of Object.entries(services)) {
    assert.equal(service['restart'], 'unless-stopped', name);
    assert.ok(service['cap_drop'], name);
    assert.ok(service['read_only'], name);
    const { resources } = service['deploy'] as { readonly resources: Record<string, unknown> };
    assert.deepEqual(Object.keys(resources).sort(), ['limits', 'reservations'], name);
    assert.match(JSON.stringify(service['logging']), /max-size/, name);
  }
});
