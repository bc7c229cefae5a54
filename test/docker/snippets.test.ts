/** Docker Compose itself accepts every Compose snippet in its place. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { readSnippets } from '../unit/snippets/catalog.ts';
import { composeDocument, requiredVariables } from '../unit/snippets/document.ts';

const PASSWORD = 'known-to-this-test-only';
const folder = mkdtempSync(join(tmpdir(), 'dockwright-snippets-'));

afterAll(() => rmSync(folder, { recursive: true }));

async function config(name: string, text: string, variables: Readonly<Record<string, string>>) {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, text);
  const run = promisify(execFile);
  return run('docker', ['compose', '--file', path, 'config', '--format', 'json'], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
  });
}

const cases = readSnippets()
  .filter(({ language }) => language === 'dockercompose')
  .map((snippet) => {
    const document = composeDocument(snippet);
    return { prefix: snippet.prefix, document, variables: requiredVariables(document) };
  });

describe.each(cases)('$prefix', ({ prefix, document, variables }) => {
  test('is accepted by docker compose config, without a warning', async () => {
    const { stdout, stderr } = await config(prefix, document, variables);
    assert.equal(stderr, '');
    assert.ok(Object.keys((JSON.parse(stdout) as { services: object }).services).length > 0);
  });
});

describe.each(cases.filter(({ variables }) => Object.keys(variables).length > 0))(
  '$prefix without its passwords',
  ({ prefix, document }) => {
    test('is refused, and the reason names the variable and .env', async () => {
      await assert.rejects(
        config(`${prefix}-unset`, document, {}),
        ({ stderr }: { stderr: string }) => /Set \w+ in \.env/.test(stderr),
      );
    });
  },
);

describe('service-redis, started', () => {
  const { document } = cases.find(({ prefix }) => prefix === 'service-redis')!;
  const path = join(folder, 'started.yaml');
  const project = `dockwright-snippet-${process.pid}`;
  const docker = (...args: string[]) =>
    promisify(execFile)('docker', ['compose', '--project-name', project, '--file', path, ...args], {
      env: { ...process.env, REDIS_PASSWORD: PASSWORD },
    });
  const inside = (command: string) => docker('exec', '-T', 'cache', 'sh', '-c', command);

  beforeAll(async () => {
    // The image that the suite has, and checks that do not keep it waiting.
    const text = document
      .replace(/redis:[\w.-]+/, 'redis:7.0')
      .replaceAll('interval: 30s', 'interval: 1s');
    writeFileSync(path, text);
    await docker('up', '--detach', '--wait');
  });
  afterAll(() => docker('down', '--volumes', '--timeout', '1'));

  test('is healthy, answers who knows the password, and nobody else', async () => {
    assert.equal((await inside('redis-cli ping')).stdout.trim(), 'PONG');
    assert.match((await inside('unset REDISCLI_AUTH; redis-cli ping')).stdout, /NOAUTH/);
  });

  test('shows its password in no process list', async () => {
    const { stdout } = await inside('cat /proc/[0-9]*/cmdline | tr "\\0" " "');
    assert.match(stdout, /redis-server/);
    assert.ok(!stdout.includes(PASSWORD));
  });
});
