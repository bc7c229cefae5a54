/** The effective Compose file in a real VS Code: opened from the palette, linked, following what is typed, and refused. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, test } from 'vitest';
import { goto, openFile, runCommand } from './driver/palette.ts';
import { brief, patient, retry, until } from './driver/retry.ts';
import { copySample, type Sample } from './driver/sample.ts';
import { startWorkbench, type Workbench } from './driver/workbench.ts';

const FILE = 'compose.yaml';
const MODEL = 'compose.effective.yaml';

let sample: Sample;
let workbench: Workbench;
let page: Page;

beforeAll(() => {
  sample = copySample();
  return () => sample.remove();
});

beforeAll(async () => {
  workbench = await startWorkbench('model');
  page = await workbench.open(sample.folder);
  return () => workbench.close();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await workbench.screenshot(page, 'failed');
});

/** The group of editors that shows a file. */
const group = (name: string): Locator =>
  page
    .locator('.editor-group-container', {
      has: page.locator(`.tab.active[data-resource-name="${name}"]`),
    })
    .first();

async function textOf(name: string): Promise<string> {
  const lines = group(name).locator('.view-lines > .view-line');
  const drawn = await lines.evaluateAll((nodes) =>
    nodes
      .map((node) => ({ top: node.getBoundingClientRect().top, text: node.textContent }))
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' ')),
  );
  return drawn.join('\n');
}

const shows = (name: string, text: string): Promise<unknown> =>
  until(`${name} shows "${text}"`, async () => (await textOf(name)).includes(text));

/** A drawn line of the model. */
const modelLine = (text: string): Locator =>
  group(MODEL).locator('.view-lines > .view-line', { hasText: text }).first();

/** The one-based number of the line that begins like this, the first below another one where that is given. */
function lineOf(text: string, below = ''): number {
  const lines = sample.read(FILE).toString().split('\n');
  const from = below === '' ? 0 : lines.findIndex((line) => line.startsWith(below));
  const index = lines.findIndex((line, number) => number >= from && line.startsWith(text));
  assert.notEqual(index, -1, `${text} stands in ${FILE}`);
  return index + 1;
}

const tab = (name: string): Locator => page.locator(`.tab[data-resource-name="${name}"]`).last();
const first = (name: string): Locator => page.locator(`.tab[data-resource-name="${name}"]`).first();

/** Waits until the cursor of the active editor stands there. */
async function arrivedAt(line: number, column: number, within = patient): Promise<void> {
  await page
    .locator('.part.statusbar [id="status.editor.selection"]', {
      hasText: `Ln ${line}, Col ${column}`,
    })
    .waitFor(within);
}

describe('the effective Compose file of the sample stack', () => {
  test('opens beside the file, after a question about its profiles', async () => {
    await openFile(page, FILE);
    await runCommand(page, 'Dockwright: Open Effective Compose File');
    const question = page.locator('.quick-input-widget', { hasText: 'Which profiles' });
    await question.waitFor(patient);
    await question.locator('.monaco-list-row', { hasText: 'twlan-legacy' }).waitFor();
    await workbench.screenshot(page, 'profiles');
    await page.keyboard.press('Enter');
    await shows(MODEL, 'name: twlan');
    await shows(MODEL, 'image: phpmyadmin:latest');
    assert.doesNotMatch(await textOf(MODEL), /legacy/);
    await workbench.screenshot(page, 'opened');
  });

  test('says where a value comes from under the mouse', async () => {
    const hover = page.locator('.monaco-hover:visible', { hasText: 'Written at' });
    await retry(page, 4, async () => {
      await page.mouse.move(0, 0);
      await modelLine('UPLOAD_LIMIT').locator('span span').last().hover(brief);
      await hover.waitFor(brief);
    });
    const words = await hover.innerText();
    assert.match(words, /services\.twlan-admin\.environment\.UPLOAD_LIMIT/);
    assert.match(words, /\$\{TWLAN_UPLOAD_LIMIT\} is set nowhere, so its default counts/);
    await workbench.screenshot(page, 'hover');
    const line = lineOf('      UPLOAD_LIMIT:');
    await hover.getByRole('link', { name: `${FILE}:${line}` }).click();
    await arrivedAt(line, 21);
    await workbench.screenshot(page, 'link-of-hover');
  });

  test('leads from a line to where it is written, by a click and by the keyboard', async () => {
    const image = lineOf('    image: phpmyadmin:latest');
    await retry(page, 4, async () => {
      await tab(MODEL).click(brief);
      const text = modelLine('phpmyadmin').locator('span span').last();
      await text.click({ modifiers: ['Control'], ...brief });
      await arrivedAt(image, 12, brief);
    });
    await workbench.screenshot(page, 'click');

    const condition = lineOf('        condition:', '  twlan-admin:');
    await tab(MODEL).click();
    const printed = (await textOf(MODEL))
      .split('\n')
      .findIndex((line) => line.includes('condition'));
    await goto(page, printed + 1, 9);
    await page.keyboard.press('F12');
    await arrivedAt(condition, 20);
  });

  test('follows what is typed, before it is saved', async () => {
    await tab(MODEL).click();
    await edit(lineOf('    image: phpmyadmin:latest'), '-typed');
    await shows(MODEL, 'image: phpmyadmin:latest-typed');
    assert.doesNotMatch(sample.read(FILE).toString(), /typed/);
  });

  test('follows a file that another program adds', async () => {
    const override = 'services:\n  twlan-admin:\n    hostname: added\n';
    writeFileSync(join(sample.folder, 'compose.override.yaml'), override);
    await shows(MODEL, 'hostname: added');
  });

  test('says why Compose would refuse the project, above the last good model', async () => {
    const line = lineOf('      - twlan-network', '  twlan-db:');
    await edit(line, '-gone');
    await shows(MODEL, '# Compose would refuse this project:');
    await shows(MODEL, 'hostname: added');
    await workbench.screenshot(page, 'refused');
    const link = modelLine(`# compose.yaml:${line}:9`).locator('.detected-link').first();
    await link.click({ modifiers: ['Control'] });
    await arrivedAt(line, 9);
    await workbench.screenshot(page, 'refused-link');
  });

  test('comes back by its key, and does not ask again', async () => {
    await tab(MODEL).click();
    await runCommand(page, 'View: Close Editor');
    await tab(MODEL).waitFor({ state: 'detached' });
    await first(FILE).click();
    await goto(page, 1, 1);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('v');
    await shows(MODEL, '# Compose would refuse this project:');
    await workbench.screenshot(page, 'by-key');
  });

  /** Types at the end of a line of the file. */
  async function edit(line: number, typed: string): Promise<void> {
    await first(FILE).click();
    await goto(page, line, 1);
    await page.keyboard.press('End');
    await page.keyboard.type(typed);
  }
});
