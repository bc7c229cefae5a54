/** The packed extension installs into a real VS Code, and the workbench shows it. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, test } from 'vitest';
import { openFile } from './driver/palette.ts';
import { copySample, type Sample } from './driver/sample.ts';
import { openContainer } from './driver/tree.ts';
import { startWorkbench, type Workbench } from './driver/workbench.ts';

let sample: Sample;
let workbench: Workbench;
let page: Page;

beforeAll(() => {
  sample = copySample();
  return () => sample.remove();
});

beforeAll(async () => {
  workbench = await startWorkbench('smoke');
  page = await workbench.open(sample.folder);
  return () => workbench.close();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await workbench.screenshot(page, 'failed');
});

test('the .vsix installs', () => {
  const installed = readdirSync(workbench.extensions);
  assert.ok(
    installed.some((name) => name.startsWith('dockwright.dockwright-')),
    `installed are: ${installed.join(', ')}`,
  );
});

test('the workbench opens the sample stack, and has the container "Dockwright"', async () => {
  await openFile(page, 'compose.yaml');
  await page.locator('.part.statusbar', { hasText: 'Compose' }).waitFor();
  await openContainer(page, 'Dockwright');
  await page.locator('.part.sidebar', { hasText: /services/i }).waitFor();
  await workbench.screenshot(page, 'container');
});
