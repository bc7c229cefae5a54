/** The text editor: squiggles, quick fixes, typing and saving. */
import type { Locator, Page } from 'playwright-core';
import { goto } from './palette.ts';
import { brief, patient, retry, until } from './retry.ts';

export interface Squiggle {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** The text of the line under which it is drawn. */
  readonly line: string;
  /** The text that it underlines, as far as the layout tells. */
  readonly text: string;
}

const editor = (page: Page): Locator => page.locator('.editor-instance .monaco-editor').first();

/** The squiggles that are drawn in the visible part of the active editor, top to bottom. */
async function squiggles(page: Page): Promise<Squiggle[]> {
  return editor(page).evaluate((root) => {
    const box = (node: Element) => node.getBoundingClientRect();
    const lines = [...root.querySelectorAll('.view-lines > .view-line')].map((node) => ({
      node,
      ...(box(node).toJSON() as { top: number; bottom: number }),
    }));
    /** The characters of a line that lie between two x positions. */
    const between = (line: Element, left: number, right: number): string => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let text = '';
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let index = 0; index < (node.textContent ?? '').length; index++) {
          range.setStart(node, index);
          range.setEnd(node, index + 1);
          const { left: start, right: end } = range.getBoundingClientRect();
          const middle = (start + end) / 2;
          if (middle > left && middle < right) text += node.textContent?.[index] ?? '';
        }
      }
      return text;
    };
    return [...root.querySelectorAll('[class*="squiggly-"]')]
      .map((node) => {
        const { left, right, top, bottom } = box(node);
        const severity = /squiggly-(error|warning|info|hint)/.exec(node.className)?.[1] ?? 'hint';
        const middle = (top + bottom) / 2;
        const line = lines.find((one) => one.top <= middle && middle <= one.bottom + 1);
        return {
          top,
          severity: severity as 'error' | 'warning' | 'info' | 'hint',
          line: (line?.node.textContent ?? '').replaceAll('\u00a0', ' '),
          text: line ? between(line.node, left, right) : '',
        };
      })
      .sort((one, other) => one.top - other.top)
      .map(({ severity, line, text }) => ({ severity, line, text }));
  });
}

/** Waits until a squiggle underlines exactly this text, in a line that has it. */
export async function squiggleOn(page: Page, text: string): Promise<Squiggle> {
  return until(`a squiggle under "${text}"`, async () =>
    (await squiggles(page)).find((squiggle) => squiggle.text === text),
  );
}

const fixRows = (page: Page): Locator => page.locator('.action-widget .monaco-list-row.action');

async function openQuickFixes(page: Page, line: number, column: number): Promise<void> {
  // A popup that is still open would take the keys.
  await page.keyboard.press('Escape');
  await goto(page, line, column);
  await page.keyboard.press('Control+.');
  await fixRows(page).first().waitFor(brief);
}

/** The titles of the quick fixes that Ctrl+. offers at a one-based position. */
export async function quickFixTitles(page: Page, line: number, column: number): Promise<string[]> {
  return retry(page, 6, async () => {
    await openQuickFixes(page, line, column);
    const titles = await fixRows(page).allInnerTexts();
    await page.keyboard.press('Escape');
    await fixRows(page)
      .first()
      .waitFor({ state: 'hidden', ...brief });
    return titles.map((title) => title.trim());
  });
}

/**
 * Applies a quick fix with the keyboard alone: Ctrl+., arrow keys, Enter.
 * `whileOpen` is called when the popup shows, for a look at it. The popup can close under a code lens that arrives, hence
 * the tries.
 */
export async function quickFix(
  page: Page,
  where: { readonly line: number; readonly column: number },
  title: string | RegExp,
  whileOpen: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await retry(page, 6, async () => {
    await openQuickFixes(page, where.line, where.column);
    await fixRows(page).filter({ hasText: title }).first().waitFor(brief);
    await focusRow(page, title);
    await whileOpen();
    await page.keyboard.press('Enter');
    await fixRows(page)
      .first()
      .waitFor({ state: 'hidden', ...brief });
  });
}

async function focusRow(page: Page, title: string | RegExp): Promise<void> {
  const wanted = page
    .locator('.action-widget .monaco-list-row.action.focused')
    .filter({ hasText: title });
  const count = await fixRows(page).count();
  for (let step = 0; step <= count; step++) {
    if (await wanted.isVisible()) return;
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(50);
  }
  throw new Error(`The quick fix "${String(title)}" could not be reached with the arrow keys.`);
}

/** Saves the active file and waits until its tab no longer says that it is changed. */
export async function save(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+S');
  await page
    .locator(`.tabs-container .tab.dirty[data-resource-name="${name}"]`)
    .waitFor({ state: 'detached', ...patient });
}

/** Waits until the active file has changes that are not saved. */
export async function changed(page: Page, name: string): Promise<void> {
  await page.locator(`.tabs-container .tab.dirty[data-resource-name="${name}"]`).waitFor(patient);
}

/** Types a snippet's prefix where the cursor is, and takes the completion of that label. */
export async function insertSnippet(
  page: Page,
  prefix: string,
  whileOpen: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const row = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: prefix }).first();
  await page.keyboard.type(prefix, { delay: 20 });
  await retry(page, 4, async () => {
    await page.keyboard.press('Control+Space');
    await row.waitFor(brief);
    await whileOpen();
    await row.click(brief);
    await row.waitFor({ state: 'detached', ...brief });
  });
}

/** The visible text of the active editor, blanks as blanks. */
export async function visibleText(page: Page): Promise<string> {
  const lines = editor(page).locator('.view-lines > .view-line');
  const drawn = await lines.evaluateAll((nodes) =>
    nodes
      .map((node) => ({ top: node.getBoundingClientRect().top, text: node.textContent }))
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' ')),
  );
  return drawn.join('\n');
}
