/** What stands below the editor or over it: Problems, output channels, toasts. */
import type { Locator, Page } from 'playwright-core';
import { runCommand } from './palette.ts';
import { patient } from './retry.ts';

/** The findings that the Problems view shows for a filter (part of message, source or code), as text. Shows the view. */
export async function problems(page: Page, filter: string): Promise<string[]> {
  await runCommand(page, 'Problems: Focus on Problems View');
  const view = page.locator('.markers-panel');
  await view.waitFor(patient);
  await page.locator('.part.panel .viewpane-filter input').fill(filter);
  // The list is drawn anew a moment after the last key.
  await page.waitForTimeout(500);
  const rows = view
    .locator('.monaco-list-row')
    .filter({ has: page.locator('.marker-message-details-container, .marker-source') });
  const texts = await rows.allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** The notification that has this text. */
export const toast = (page: Page, text: string | RegExp): Locator =>
  page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();

/** Closes all notifications. */
export async function clearToasts(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await page
    .locator('.notifications-toasts .notification-list-item')
    .first()
    .waitFor({ state: 'detached' });
}

/** The text of the output channel that is shown, as far as it is drawn. */
export async function outputText(page: Page): Promise<string> {
  const lines = page.locator('.part.panel .output-view .view-lines > .view-line');
  await lines.first().waitFor(patient);
  const drawn = await lines.evaluateAll((nodes) =>
    nodes
      .map((node) => ({ top: node.getBoundingClientRect().top, text: node.textContent }))
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' ')),
  );
  return drawn.join('\n');
}
