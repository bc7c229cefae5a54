/** The sample stack in a real VS Code: from the squiggle over the fix to the bytes on the disk. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, test } from 'vitest';
import {
  changed,
  insertSnippet,
  quickFix,
  save,
  quickFixTitles,
  squiggleOn,
  visibleText,
} from './driver/editor.ts';
import { choose, goto, openFile, runCommand } from './driver/palette.ts';
import { clearToasts, problems, toast } from './driver/panels.ts';
import { retry, until } from './driver/retry.ts';
import { copySample, type Sample } from './driver/sample.ts';
import { startWorkbench, type Workbench } from './driver/workbench.ts';

const FILE = 'compose.yaml';
const SERVICE = 'twlan-db';
const RULE = 'compose/require-resource-limits';
const GOLDEN = 'test/fixtures/golden/stack-with-database-limits.yaml';

let sample: Sample;
let workbench: Workbench;
let page: Page;

/** Where the service's key stands, one-based. */
function keyOf(service: string): { line: number; column: number } {
  const lines = sample.read(FILE).toString().split('\n');
  const index = lines.findIndex((line) => line.trimEnd() === `  ${service}:`);
  assert.notEqual(index, -1, `${service} stands in ${FILE}`);
  return { line: index + 1, column: 3 };
}

beforeAll(() => {
  sample = copySample();
  return () => sample.remove();
});

beforeAll(async () => {
  workbench = await startWorkbench('stack');
  page = await workbench.open(sample.folder);
  return () => workbench.close();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await workbench.screenshot(page, 'failed');
});

describe('the sample stack', () => {
  test('opens with a squiggle on the key of a service without limits', async () => {
    await openFile(page, FILE);
    const { line, column } = keyOf(SERVICE);
    await goto(page, line, column);
    const squiggle = await squiggleOn(page, SERVICE);
    assert.equal(squiggle.line, `  ${SERVICE}:`);
    await workbench.screenshot(page, 'squiggle');

    const found = await until(`${RULE} on ${SERVICE} in the Problems view`, async () =>
      (await problems(page, RULE)).find((row) => row.includes(`[Ln ${line}, Col ${column}]`)),
    );
    assert.match(found, /has no CPU and no memory limit/);
    assert.match(found, /\bdockwright \(?compose\/require-resource-limits/);
    await workbench.screenshot(page, 'problems');
  });

  test('gets the limits from the keyboard, and the file on the disk is the golden one', async () => {
    const key = keyOf(SERVICE);
    const titles = await quickFixTitles(page, key.line, key.column);
    for (const wanted of [`Limit ${SERVICE} to 2.0 CPU and 2G`, 'Ignore a rule…']) {
      assert.ok(titles.includes(wanted), titles.join('\n'));
    }
    await quickFix(page, key, `Limit ${SERVICE} to`, () => workbench.screenshot(page, 'quick-fix'));
    await changed(page, FILE);
    await workbench.screenshot(page, 'limits-added');
    await save(page, FILE);
    assert.equal(sample.read(FILE).toString(), readFileSync(GOLDEN, 'utf8'));

    await until(`${RULE} no longer reports ${SERVICE}`, async () => {
      const rows = await problems(page, RULE);
      return !rows.some((row) => row.includes(`[Ln ${key.line}, Col ${key.column}]`));
    });
  });

  test('lets a person ignore one of many rules, with a comment', async () => {
    const ignored = 'compose/require-log-rotation';
    const line = sample.read(FILE).toString().split('\n').indexOf('  twlan-php:') + 1;
    // The editor throws a list of actions away when diagnostics come meanwhile, and then a person asks again.
    await retry(page, 3, async () => {
      await quickFix(page, { line, column: 3 }, 'Ignore a rule…');
      await choose(page, `Ignore ${ignored} here`);
    });
    await changed(page, FILE);
    await save(page, FILE);
    assert.match(
      sample.read(FILE).toString(),
      /\n {2}# dockwright ignore=compose\/require-log-rotation -- [^\n]+\n {2}twlan-php:/,
    );
  });

  test('has nothing left after "Fix All Problems in File" but what only a person can mend', async () => {
    await openFile(page, FILE);
    await runCommand(page, 'Dockwright: Fix All Problems in File');
    await toast(page, /Fixed \d+ problems/).waitFor();
    await workbench.screenshot(page, 'all-fixed');
    await clearToasts(page);
    await runCommand(page, 'File: Save All');
    await save(page, FILE);
    const left = [
      'compose/no-impossible-healthcheck',
      'compose/no-live-datadir-backup',
      'compose/no-missing-mount-source',
      'compose/no-unscrapable-target',
    ];
    await until('the rules that need a person are left, and no others', async () => {
      const rows = await problems(page, 'dockwright');
      return (
        left.every((rule) => rows.some((row) => row.includes(rule))) &&
        rows.every((row) => left.some((rule) => row.includes(rule)))
      );
    });
    await workbench.screenshot(page, 'mended');
  });
});

test('a snippet is inserted into a new file', async () => {
  mkdirSync(join(sample.folder, 'new'));
  writeFileSync(join(sample.folder, 'new', 'compose.yml'), '');
  await openFile(page, 'new/compose.yml');
  await page.keyboard.type('services:\n  ');
  await insertSnippet(page, 'service-mariadb', () => workbench.screenshot(page, 'snippet-offered'));
  await until('the snippet stands in the editor', async () =>
    (await visibleText(page)).includes('image: mariadb:'),
  );
  await workbench.screenshot(page, 'snippet');
  await page.keyboard.press('Escape');
  await save(page, 'compose.yml');
  assert.match(
    sample.read('new/compose.yml').toString(),
    /^services:\n {2}\S+:\n {4}image: mariadb:/,
  );
});
