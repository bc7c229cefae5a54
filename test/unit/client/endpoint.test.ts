/** Which engine is chosen: setting, environment, Docker's context, usual sockets. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'vitest';
import {
  describeEndpoint,
  findEndpoint,
  type Surroundings,
} from '../../../client/src/docker/endpoint.ts';
import {
  describeEngineFailure,
  type EngineFailure,
  waysOn,
} from '../../../client/src/docker/failure.ts';

function around(
  files: Readonly<Record<string, string>>,
  more: Partial<Surroundings> = {},
): Surroundings {
  return {
    setting: '',
    env: {},
    home: '/home/me',
    platform: 'linux',
    read: (path) => Promise.resolve(files[path]),
    exists: (path) => Promise.resolve(path in files),
    ...more,
  };
}

async function told(surroundings: Surroundings): Promise<string> {
  const found = await findEndpoint(surroundings);
  return found.ok ? describeEndpoint(found.value) : found.error.kind;
}

/** Without its origin. */
async function shown(surroundings: Surroundings): Promise<string> {
  return (await told(surroundings)).replace(/ \(.*\)$/, '');
}

const context = (name: string, host: string) => ({
  '/home/me/.docker/config.json': JSON.stringify({ currentContext: name }),
  [`/home/me/.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`]:
    JSON.stringify({ Endpoints: { docker: { Host: host } } }),
});

describe('the engine is taken from', () => {
  test('the setting before everything else', async () => {
    const env = { DOCKER_HOST: 'tcp://env:1' };
    assert.equal(await shown(around({}, { setting: 'unix:///s.sock', env })), 'unix:///s.sock');
  });

  test('DOCKER_HOST before the context', async () => {
    const files = context('remote', 'tcp://context:2375');
    const env = { DOCKER_HOST: 'tcp://env:4000' };
    assert.equal(await shown(around(files, { env })), 'tcp://env:4000');
  });

  test('the current context, unix or tcp', async () => {
    assert.equal(await shown(around(context('a', 'unix:///a.sock'))), 'unix:///a.sock');
    assert.equal(await shown(around(context('b', 'tcp://b'))), 'tcp://b:2375');
  });

  test('DOCKER_CONTEXT before the configured one', async () => {
    const files = { ...context('b', 'tcp://b'), ...context('a', 'tcp://a') };
    assert.equal(await shown(around(files, { env: { DOCKER_CONTEXT: 'b' } })), 'tcp://b:2375');
  });

  test('the usual sockets, the first that exists', async () => {
    assert.equal(await shown(around({})), 'unix:///var/run/docker.sock');
    const rootless = around(
      { '/run/user/1/docker.sock': '' },
      { env: { XDG_RUNTIME_DIR: '/run/user/1' } },
    );
    assert.equal(await shown(rootless), 'unix:///run/user/1/docker.sock');
    assert.equal(
      await shown(around({ '/home/me/.docker/run/docker.sock': '' })),
      'unix:///home/me/.docker/run/docker.sock',
    );
    assert.equal(await shown(around({}, { platform: 'win32' })), 'npipe:////./pipe/docker_engine');
  });

  test('the usual sockets when the context is the default one, or the file is broken', async () => {
    const config = '/home/me/.docker/config.json';
    for (const text of ['{"currentContext":"default"}', '{broken', '[]', '7', 'null']) {
      assert.equal(await shown(around({ [config]: text })), 'unix:///var/run/docker.sock');
    }
  });
});

test('an address says where it stands', async () => {
  const env = { DOCKER_HOST: 'tcp://env:1' };
  assert.equal(
    await told(around({}, { setting: 'tcp://s', env })),
    'tcp://s:2375 (setting dockwright.docker.host)',
  );
  assert.equal(await told(around({}, { env })), 'tcp://env:1 (DOCKER_HOST)');
  assert.equal(await told(around(context('nas', 'tcp://n'))), 'tcp://n:2375 (context nas)');
  assert.equal(await told(around({})), 'unix:///var/run/docker.sock (default address)');
  for (const [surroundings, expected] of [
    [around({}, { env: { DOCKER_HOST: 'docker' } }), 'docker (DOCKER_HOST)'],
    [around({}, { env: { DOCKER_CONTEXT: 'lost' } }), 'lost (context lost)'],
  ] as const) {
    const found = await findEndpoint(surroundings);
    assert.ok(!found.ok);
    assert.ok(describeEngineFailure(found.error).message.includes(expected));
  }
});

test('a failure that an address can cause tells it, and offers the setting', () => {
  const where = 'tcp://nas:1 (DOCKER_HOST)';
  const failures: readonly EngineFailure[] = [
    { kind: 'notRunning', where },
    { kind: 'notInstalled', where },
    { kind: 'permissionDenied', where },
    { kind: 'timeout', where },
    { kind: 'badHost', where, reason: 'x.' },
  ];
  for (const failure of failures) {
    assert.ok(describeEngineFailure(failure).message.includes(where), failure.kind);
    const settings = waysOn(failure).find(({ title }) => title === 'Open Settings');
    assert.equal(settings?.argument, 'dockwright.docker.host', failure.kind);
  }
});

describe('an address', () => {
  test.each([
    ['tcp://1.2.3.4', 'tcp://1.2.3.4:2375'],
    ['https://docker.example', 'tcp://docker.example:2376'],
    ['http://docker.example:80/', 'tcp://docker.example:80'],
    ['TCP://docker.example:99', 'tcp://docker.example:99'],
    ['tcp://[::1]:2375', 'tcp://::1:2375'],
    ['  unix:///x.sock ', 'unix:///x.sock'],
  ])('%s is %s', async (setting, expected) => {
    assert.equal(await shown(around({}, { setting })), expected);
  });

  test.each(['docker', 'tcp://', 'tcp://a b', 'unix://x', 'ssh://me@host', 'npipe://x', 'ftp://x'])(
    '%s is refused, with a reason that says what to do',
    async (setting) => {
      const found = await findEndpoint(around({}, { setting }));
      assert.ok(!found.ok && found.error.kind === 'badHost');
      assert.match(found.error.reason, /\.$/);
    },
  );

  test('with certificates is spoken to in TLS', async () => {
    const files = { '/c/ca.pem': 'CA', '/c/cert.pem': 'CERT', '/c/key.pem': 'KEY' };
    const env = { DOCKER_HOST: 'tcp://h', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/c' };
    const found = await findEndpoint(around(files, { env }));
    assert.deepEqual(found, {
      ok: true,
      value: {
        kind: 'tcp',
        host: 'h',
        port: 2376,
        origin: 'DOCKER_HOST',
        tls: { ca: 'CA', cert: 'CERT', key: 'KEY' },
      },
    });
  });

  test('of a context that does not exist is refused', async () => {
    assert.equal(await shown(around({}, { env: { DOCKER_CONTEXT: 'lost' } })), 'badHost');
  });
});
