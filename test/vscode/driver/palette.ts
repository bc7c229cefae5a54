/** The quick input: commands, files and lines. */
import type { Locator, Page } from 'playwright-core';
import { brief, retry } from './retry.ts';

const widget = (page: Page): Locator => page.locator('.quick-input-widget');
const input = (page: Page): Locator => widget(page).locator('input').first();

/** The row of the open picker that has this text. */
const pickerRow = (page: Page, text: string | RegExp): Locator =>
  widget(page).locator('.monaco-list-row', { hasText: text }).first();

/** Clicks the row: Enter could hit a list that is still being refreshed. */
async function pick(page: Page, key: string, typed: string, row: string): Promise<void> {
  await retry(page, 6, async () => {
    await page.keyboard.press(key);
    await input(page).waitFor({ state: 'visible', ...brief });
    await input(page).fill(typed, brief);
    await pickerRow(page, row).click(brief);
  });
}

/** Runs a command by the title that the palette shows, category included: 'Dockwright: Show Logs'. */
export async function runCommand(page: Page, title: string): Promise<void> {
  // F1 works whatever has the focus.
  await pick(page, 'F1', `>${title}`, title);
}

/** Clicks a row of the picker that is open, or about to be. */
export async function choose(page: Page, row: string): Promise<void> {
  await pickerRow(page, row).click({ timeout: 10_000 });
}

/** Opens a file of the folder by its name, and waits until its text is drawn. */
export async function openFile(page: Page, path: string): Promise<void> {
  const name = path.split('/').at(-1) ?? path;
  const tab = page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`);
  await retry(page, 4, async () => {
    await pick(page, 'Control+P', path, name);
    await tab.waitFor(brief);
    await page.locator('.editor-instance .monaco-editor .view-lines').first().waitFor(brief);
  });
}

/** Puts the cursor at a one-based line and column, and the focus into the editor. */
export async function goto(page: Page, line: number, column: number): Promise<void> {
  const position = page.locator('.part.statusbar [id="status.editor.selection"]', {
    hasText: `Ln ${line}, Col ${column}`,
  });
  await retry(page, 4, async () => {
    await page.keyboard.press('Control+G');
    await input(page).waitFor({ state: 'visible', ...brief });
    await input(page).fill(`:${line}:${column}`, brief);
    await page.keyboard.press('Enter');
    await widget(page).waitFor({ state: 'hidden', ...brief });
    await position.waitFor(brief);
  });
}
