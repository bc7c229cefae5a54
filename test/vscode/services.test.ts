/** Running services in a real VS Code, over a real engine: seen, stopped, started, followed and backed up. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, test } from 'vitest';
import { changed, quickFix, save } from './driver/editor.ts';
import { openFile } from './driver/palette.ts';
import { clearToasts, outputText, toast } from './driver/panels.ts';
import { until } from './driver/retry.ts';
import { copySample, type Sample } from './driver/sample.ts';
import {
  contextMenu,
  description,
  expand,
  inlineAction,
  openContainer,
  row,
  rowTexts,
} from './driver/tree.ts';
import { startWorkbench, type Workbench } from './driver/workbench.ts';
import { startLive, type LiveProject } from './live/project.ts';

/** Long, odd and unmistakable, with characters that a careless pipe would spoil. */
const MARKER = 'Wächter-№42-\u{1F433}';

let live: LiveProject;
let sample: Sample;
let workbench: Workbench;
let page: Page;

beforeAll(async () => {
  live = await startLive();
  return () => live.down();
});

beforeAll(() => {
  sample = copySample();
  return () => sample.remove();
});

beforeAll(async () => {
  workbench = await startWorkbench('services');
  page = await workbench.open(sample.folder);
  return () => workbench.close();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await workbench.screenshot(page, 'failed');
});

/** Waits until a row says this about its state. */
async function says(service: string, wanted: string): Promise<void> {
  await until(`${service} says "${wanted}"`, async () => {
    const said = await description(page, service).catch(() => '');
    return said === wanted;
  });
}

describe('the Services tree', () => {
  test('shows the running containers with state and health', async () => {
    await openContainer(page, 'Dockwright');
    await row(page, live.name).waitFor();
    await says('shop-db', 'running (healthy)');
    await says('shop-cache', 'running (healthy)');
    await says('shop-web', 'running (healthy)');
    await says('shop-clock', 'running');
    await expand(page, 'shop-web');
    const texts = await rowTexts(page);
    const container = texts.find((text) => text.startsWith(`${live.name}-shop-web-1`));
    assert.match(container ?? '', /running \(healthy\)$/, texts.join('\n'));
    await workbench.screenshot(page, 'tree');
  });

  test('stops and starts a service from its inline buttons', async () => {
    await inlineAction(page, 'shop-web', 'Stop');
    await says('shop-web', 'exited (0)');
    assert.equal(await live.stateOf('shop-web'), 'exited');
    await workbench.screenshot(page, 'stopped');

    await inlineAction(page, 'shop-web', 'Start');
    await says('shop-web', 'running (healthy)');
    assert.equal(await live.stateOf('shop-web'), 'running');
    await workbench.screenshot(page, 'started');
  });
});

test('a whole project is stopped only after a question', async () => {
  await inlineAction(page, live.name, 'Stop');
  const question = page.locator('.monaco-dialog-box');
  await question.waitFor();
  const words = await question.innerText();
  assert.match(words, new RegExp(`Stop all \\d services of ${live.name}\\?`));
  assert.match(words, /shop-cache/);
  await workbench.screenshot(page, 'stop-project');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'detached' });
  assert.equal(await live.stateOf('shop-web'), 'running');
});

test('a service is restarted from its context menu', async () => {
  const before = await live.startedAt('shop-cache');
  await contextMenu(page, 'shop-cache', 'Restart');
  await until(
    'the cache was started again',
    async () => (await live.startedAt('shop-cache')) > before,
  );
  await says('shop-cache', 'running (healthy)');
});

test('"Show Logs" follows: a line appears that was written after opening', async () => {
  await inlineAction(page, 'shop-clock', 'Show Logs');
  const last = await until('the log shows a tick', async () => lastTick(await outputText(page)));
  await until(`a tick after ${last}`, async () => {
    const now = lastTick(await outputText(page));
    return now !== undefined && now >= last + 2;
  });
  await workbench.screenshot(page, 'logs');
});

function lastTick(text: string): number | undefined {
  const ticks = [...text.matchAll(/tick (\d+)/g)].map(([, number]) => Number(number));
  return ticks.at(-1);
}

describe('"Back Up Now"', () => {
  test('saves MariaDB: the dump holds what was written', async () => {
    await live.run(
      'shop-db',
      [
        'sh',
        '-c',
        'MYSQL_PWD=$MARIADB_ROOT_PASSWORD exec mariadb -uroot --default-character-set=utf8mb4 shop',
      ],
      `CREATE TABLE crew (name VARCHAR(40)) CHARACTER SET utf8mb4; INSERT INTO crew VALUES ('${MARKER}');`,
    );
    const { bytes, name } = await backUp('shop-db');
    assert.match(name, /\.sql\.gz$/);
    const dump = gunzipSync(bytes).toString('utf8');
    assert.match(dump, /CREATE TABLE `crew`/);
    assert.ok(dump.includes(MARKER), 'the dump has the row, whole');
    assert.match(dump, /-- Dump completed/);
  });

  test('saves Redis: the file is a snapshot with what was written', async () => {
    await live.run('shop-cache', ['redis-cli', 'SET', 'crew', MARKER]);
    const { bytes } = await backUp('shop-cache');
    assert.equal(bytes.subarray(0, 5).toString('latin1'), 'REDIS');
    assert.ok(bytes.includes(Buffer.from(MARKER)), 'the snapshot has the value');
  });

  /** Presses the button, waits for the word that it is done, and answers the one file that its manifest names. */
  async function backUp(service: string): Promise<{ name: string; bytes: Buffer }> {
    await inlineAction(page, service, 'Back Up Now');
    await toast(page, `Backed up ${service}`).waitFor();
    await toast(page, `Backing up ${service}`).waitFor({ state: 'detached' });
    await workbench.screenshot(page, `backup-${service}`);
    await clearToasts(page);
    const folder = join(sample.folder, 'backups', live.name, service);
    const manifests = readdirSync(folder).filter((name) => name.endsWith('.json'));
    assert.equal(manifests.length, 1, readdirSync(folder).join(', '));
    const manifest = JSON.parse(readFileSync(join(folder, manifests[0]!), 'utf8')) as {
      file: string;
      sha256: string;
    };
    const bytes = readFileSync(join(folder, manifest.file));
    assert.equal(createHash('sha256').update(bytes).digest('hex'), manifest.sha256);
    return { name: manifest.file, bytes };
  }
});

test('a wrong address is shown with its origin, and the way to it', async () => {
  // The setting belongs to the machine, so it counts only where the server keeps those.
  const machine = join(dirname(workbench.extensions), 'data', 'Machine');
  const setHost = (settings: object) => {
    mkdirSync(machine, { recursive: true });
    writeFileSync(join(machine, 'settings.json'), JSON.stringify(settings));
  };
  const message = page.locator('.part.sidebar .tree-explorer-viewlet-tree-view .message');
  setHost({ 'dockwright.docker.host': 'tcp://127.0.0.1:9' });
  await message.getByText('tcp://127.0.0.1:9 (setting dockwright.docker.host)').waitFor();
  await row(page, 'Try Again').waitFor();
  await workbench.screenshot(page, 'wrong-address');
  await row(page, 'Open Settings').click();
  const found = page.locator('.settings-editor .setting-item-contents', {
    hasText: 'Docker: Host',
  });
  await found.waitFor();
  await workbench.screenshot(page, 'wrong-address-setting');
  setHost({});
  await row(page, live.name).waitFor();
  await message.waitFor({ state: 'hidden' });
});

test('files and services side by side: one quick fix takes all problems of a service', async () => {
  const text = sample.read('compose.yaml').toString();
  const line = text.split('\n').indexOf('  twlan-admin:') + 1;
  await openContainer(page, 'Dockwright');
  await openFile(page, 'compose.yaml');
  const title = /^Fix all \d+ problems of twlan-admin/;
  await quickFix(page, { line, column: 3 }, title, () =>
    workbench.screenshot(page, 'side-by-side'),
  );
  await changed(page, 'compose.yaml');
  await save(page, 'compose.yaml');
  const fixed = sample.read('compose.yaml').toString();
  const block = fixed.slice(fixed.indexOf('  twlan-admin:'), fixed.indexOf('  twlan-prometheus:'));
  for (const wanted of [
    'restart:',
    'healthcheck:',
    'limits:',
    'reservations:',
    'max-size:',
    ':?',
  ]) {
    assert.ok(block.includes(wanted), `${wanted} in\n${block}`);
  }
  assert.equal(
    fixed.replace(block, ''),
    text.replace(
      text.slice(text.indexOf('  twlan-admin:'), text.indexOf('  twlan-prometheus:')),
      '',
    ),
  );
});
