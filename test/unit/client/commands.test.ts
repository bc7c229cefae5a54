/** The commands, with a literal App and no editor. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { showBytes } from '../../../client/src/commands/service/backUp.ts';
import type { Engine, LogLine } from '../../../client/src/docker/engine.ts';
import { fail, ok } from '../../../client/src/docker/failure.ts';
import type { Container } from '../../../client/src/docker/model.ts';
import { serviceId } from '../../../client/src/services/nodes.ts';
import { feed, finished, member, settle } from './fake-engine.ts';
import { stage } from './stage.ts';

const root = mkdtempSync(join(tmpdir(), 'dockwright-commands-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const backups = {
  folder: () => join(root, 'backups'),
  show: (path: string) => relative(root, path),
  now: () => new Date(),
};

const STOPPED = { state: 'exited', exitCode: 0 } as const;

describe('start, stop and restart', () => {
  const containers = [
    member('p', 'web', { id: 'w', labels: { 'com.docker.compose.depends_on': 'db:x:y' } }),
    member('p', 'db', { id: 'd' }),
    member('p', 'job', { id: 'j', ...STOPPED }),
  ];

  test.each([
    ['start', 'project:p', ['start j']],
    ['stop', 'service:p/db', ['stop d']],
    ['restart', 'container:w', ['restart w']],
    ['start', 'container:w', []],
  ])('%s on %s', async (verb, node, expected) => {
    const { run, done, asked } = stage({ containers });
    assert.equal(await run(`dockwright.service.${verb}`, node), undefined);
    assert.deepEqual(done, expected);
    assert.deepEqual(asked, []);
  });

  test.each([
    [
      'stop',
      { question: 'Stop 2 services of p?', choices: ['web, db', 'Stop'] },
      ['stop w', 'stop d'],
    ],
    [
      'restart',
      { question: 'Restart 2 services of p?', choices: ['db, web', 'Restart'] },
      ['restart d', 'restart w'],
    ],
  ])('%s on a whole project asks first', async (verb, question, expected) => {
    const yes = stage({ containers });
    assert.equal(await yes.run(`dockwright.service.${verb}`, 'project:p'), undefined);
    assert.deepEqual(yes.asked, [question]);
    assert.deepEqual(yes.done, expected);
    const no = stage({ containers, agrees: false });
    assert.equal(await no.run(`dockwright.service.${verb}`, 'project:p'), undefined);
    assert.deepEqual(no.done, []);
  });

  test('say whether it is all of a project, and count services, not containers', async () => {
    const twins = ['1', '2'].map((id) => member('p', 'web', { id, name: `p-web-${id}` }));
    const question = async (all: readonly Container[]) => {
      const { run, asked } = stage({ containers: all });
      await run('dockwright.service.stop', 'project:p');
      return asked[0]?.question;
    };
    assert.equal(await question([...twins, member('p', 'db')]), 'Stop all 2 services of p?');
    assert.equal(await question(twins), 'Stop 1 service of p?');
  });

  test('from the palette ask which service, and offer only those that fit', async () => {
    const { run, done, asked } = stage({ containers, picks: 'job' });
    await run('dockwright.service.start');
    assert.deepEqual(asked, [
      { question: 'Which service do you want to start?', choices: ['job: p · exited (0)'] },
    ]);
    assert.deepEqual(done, ['start j']);
  });

  test('do nothing when nothing is picked', async () => {
    const { run, done } = stage({ containers });
    assert.equal(await run('dockwright.service.stop'), undefined);
    assert.deepEqual(done, []);
  });

  test('say so when there is nothing to pick from', async () => {
    const { run, asked } = stage({ containers: [member('p', 'db')] });
    const advice = await run('dockwright.service.start');
    assert.match(advice?.message ?? '', /none to start/);
    assert.deepEqual(asked, []);
  });

  test('ask again when the row has gone meanwhile', async () => {
    const { run, asked } = stage({ containers });
    await run('dockwright.service.stop', 'container:old');
    assert.equal(asked.length, 1);
  });

  test('end at the first failure, and name the container', async () => {
    const { run, done } = stage({
      containers,
      engine: {
        stop: () => Promise.resolve(fail({ kind: 'refused', reason: 'no' })),
      },
    });
    const advice = await run('dockwright.service.stop', 'project:p');
    assert.match(advice?.message ?? '', /^p-web-1 could not be stopped\. .*refused: no/);
    assert.deepEqual(done, []);
  });

  test('say that the engine is not there', async () => {
    const { run } = stage({
      app: { connect: () => Promise.resolve(fail({ kind: 'badHost', where: 'x', reason: 'y.' })) },
    });
    const advice = await run('dockwright.service.stop');
    assert.equal(advice?.button?.command, 'dockwright.openSettings');
    assert.equal(advice.button.argument, 'dockwright.docker.host');
  });
});

describe('Show Logs', () => {
  test('follows each container of a service, once, in one channel', async () => {
    const logs = feed<LogLine>();
    const containers = [
      member('p', 'web', { id: '1', name: 'p-web-1' }),
      member('p', 'web', { id: '2', name: 'p-web-2' }),
    ];
    const { run, said, done, over } = stage({
      containers,
      engine: { logs: (id) => Promise.resolve(ok(id === '1' ? logs : feed<LogLine>())) },
    });
    assert.equal(await run('dockwright.service.showLogs', serviceId('p', 'web')), undefined);
    await run('dockwright.service.showLogs', serviceId('p', 'web'));
    logs.push({ time: '2026-01-01T00:00:00Z', text: 'hello', stream: 'stdout' });
    await settle();
    assert.deepEqual(said, ['web (p)> p-web-1 | hello']);
    assert.deepEqual(done, ['show web (p)', 'show web (p)']);
    over.abort();
  });
});

describe('Back Up Now', () => {
  const containers = [member('p', 'db', { image: 'mariadb:10.11' }), member('p', 'web')];
  const dump = '-- Dump completed\n';
  const engine: Partial<Engine> = {
    exec: (_id, argv) =>
      Promise.resolve(
        ok(
          finished(
            argv[2]?.includes('command -v') ? 'mariadb-dump\nv\n' : dump,
            'dockwright-pid 7\n',
          ),
        ),
      ),
  };

  test('offers only services that an engine knows, and says where the file is', async () => {
    const { run, said, asked } = stage({ containers, engine, app: { backups }, picks: 'db' });
    assert.equal(await run('dockwright.service.backUp'), undefined);
    assert.deepEqual(asked[0]?.choices, ['db: p · running']);
    assert.match(
      said[0] ?? '',
      /^Backed up db: \d+ bytes in backups[\\/]p[\\/]db[\\/]\d{8}T\d{6}Z\.sql\.gz\.$/,
    );
  });

  test('asks for the container when there are several', async () => {
    const twins = ['1', '2'].map((id) =>
      member('p', 'db', { id, name: `p-db-${id}`, image: 'mariadb' }),
    );
    const { run, asked } = stage({ containers: twins, engine, app: { backups } });
    assert.equal(await run('dockwright.service.backUp', serviceId('p', 'db')), undefined);
    assert.deepEqual(asked[0]?.choices, ['p-db-1: running', 'p-db-2: running']);
  });

  test('without a place for the file says so before it asks anything', async () => {
    const { run, asked } = stage({
      containers,
      app: { backups: { ...backups, folder: () => undefined } },
    });
    const advice = await run('dockwright.service.backUp');
    assert.match(advice?.message ?? '', /Open a folder/);
    assert.deepEqual(asked, []);
  });

  test('offers nothing that does not run', async () => {
    const still = [
      member('p', 'db', { image: 'mariadb', ...STOPPED }),
      member('p', 'cache', { image: 'redis', state: 'paused' }),
    ];
    const { run, asked } = stage({ containers: still, app: { backups } });
    for (const node of [undefined, serviceId('p', 'db')]) {
      const advice = await run('dockwright.service.backUp', node);
      assert.match(advice?.message ?? '', /^No MariaDB, .* runs/);
    }
    assert.deepEqual(asked, []);
  });

  test('that is cancelled says that nothing was written', async () => {
    const { run, said } = stage({
      containers,
      engine,
      app: { backups },
      ui: { cancellable: (_title, work) => work(() => undefined, AbortSignal.abort()) },
    });
    assert.equal(await run('dockwright.service.backUp', serviceId('p', 'db')), undefined);
    assert.deepEqual(said, ['The backup of db was cancelled; nothing was written.']);
  });

  test.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1536, '1.5 KiB'],
    [5 * 1024 ** 4, '5.0 TiB'],
    [5000 * 1024 ** 4, '5000.0 TiB'],
  ])('shows %d as %s', (bytes, text) => {
    assert.equal(showBytes(bytes), text);
  });
});

test('the small commands do their one thing', async () => {
  const { run, done } = stage();
  for (const id of ['services.refresh', 'docker.retry', 'openSettings', 'showOutput']) {
    assert.equal(await run(`dockwright.${id}`), undefined);
  }
  assert.deepEqual(done, ['refresh', 'refresh', 'settings all', 'output']);
});

test('Open Settings goes to one setting when it is told which, and passes over what menus hand over', async () => {
  const { run, done } = stage();
  await run('dockwright.openSettings', 'dockwright.docker.host');
  await run('dockwright.openSettings', 'service:p/db');
  await run('dockwright.openSettings', {});
  assert.deepEqual(done, ['settings dockwright.docker.host', 'settings all', 'settings all']);
});
