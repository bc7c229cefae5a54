/** The workbench redraws under the hand of whoever uses it; what a person would simply do again, the driver does again. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** How long one try may wait for one thing, in milliseconds. Short, because there is a next try. */
export const brief = { timeout: 3000 };

/** How long something slow may take: a language server that starts, a container that stops. In milliseconds. */
export const patient = { timeout: 30_000 };

/** Does `action` again, after Escape, until it succeeds or `tries` are used up; then its last error is thrown. */
export async function retry<T>(page: Page, tries: number, action: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await action();
    } catch (error) {
      if (left <= 1) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Asks until the answer is there (neither undefined nor false). Throws `what` when that takes too long. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { timeout } = patient,
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) {
      throw new Error(`Within ${timeout / 1000} s this did not happen: ${what}`);
    }
    await wait(200);
  }
}
