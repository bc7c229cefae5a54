/** The side bar's trees: rows, what they show, their inline buttons and their menus. */
import type { Locator, Page } from 'playwright-core';
import { brief, patient, retry } from './retry.ts';

/** Opens a view container by the title of its icon in the activity bar. */
export async function openContainer(page: Page, title: string): Promise<void> {
  const icon = page.locator(`.activitybar .action-item a.action-label[aria-label^="${title}"]`);
  const heading = page.locator('.part.sidebar .composite.title', {
    hasText: new RegExp(title, 'i'),
  });
  await retry(page, 4, async () => {
    if (!(await heading.isVisible())) await icon.first().click(brief);
    await heading.waitFor(brief);
  });
}

/** The tree rows of the side bar that are drawn now. */
const rows = (page: Page): Locator =>
  page.locator('.part.sidebar .customview-tree .monaco-list-row');

/** The row with exactly this label; a regular expression is matched against label and description together. */
export const row = (page: Page, text: string | RegExp): Locator =>
  typeof text === 'string'
    ? rows(page)
        .filter({ has: page.locator('.label-name').getByText(text, { exact: true }) })
        .first()
    : rows(page).filter({ hasText: text }).first();

/** What a row shows behind its label: state and health. */
export async function description(page: Page, text: string | RegExp): Promise<string> {
  return (await row(page, text).locator('.label-description').innerText(brief)).trim();
}

/** What the rows say, label and description, top to bottom. */
export async function rowTexts(page: Page): Promise<string[]> {
  const texts = await rows(page).allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** Unfolds a row if it is folded. */
export async function expand(page: Page, text: string | RegExp): Promise<void> {
  await retry(page, 5, async () => {
    await row(page, text).waitFor(patient);
    if ((await row(page, text).getAttribute('aria-expanded')) !== 'false') return;
    await row(page, text).locator('.monaco-tl-twistie').click(brief);
    await page.waitForTimeout(200);
    if ((await row(page, text).getAttribute('aria-expanded')) === 'false') {
      throw new Error(`The row ${String(text)} stayed folded.`);
    }
  });
}

/** Presses the button that a row shows under the mouse. */
export async function inlineAction(
  page: Page,
  text: string | RegExp,
  title: string,
): Promise<void> {
  await retry(page, 5, async () => {
    await row(page, text).hover(brief);
    await row(page, text).locator(`a.action-label[aria-label="${title}"]`).click(brief);
  });
}

/** Picks an entry of a row's context menu. */
export async function contextMenu(page: Page, text: string | RegExp, label: string): Promise<void> {
  await retry(page, 5, async () => {
    await row(page, text).click({ button: 'right', ...brief });
    const entry = page
      .locator('.monaco-menu .action-item:not(.disabled)', {
        has: page.locator(`.action-label[aria-label="${label}"]`),
      })
      .first();
    await entry.waitFor(brief);
    // A menu ignores the mouse for its first tenth of a second.
    await page.waitForTimeout(250);
    await entry.click(brief);
    await entry.waitFor({ state: 'hidden', ...brief });
  });
}
