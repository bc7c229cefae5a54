/** A workbench in a real browser, on one folder: opened, photographed, closed. What is done in it lies in the files beside. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { patient } from './retry.ts';
import { findTools, startServer } from './server.ts';

const SCREENSHOTS = 'test/artifacts/screenshots';

/** A laptop's screen: large enough for side bar, editor and panel together. */
const viewport = { width: 1440, height: 900 };

const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Workbench {
  /** Where the editor keeps what was installed into it. */
  readonly extensions: string;
  /** Opens a folder in a new page, and waits until the workbench is drawn. */
  readonly open: (folder: string) => Promise<Page>;
  /** Writes test/artifacts/screenshots/SUITE-NN-name.png; the numbers follow the order of the calls. */
  readonly screenshot: (page: Page, name: string) => Promise<void>;
  /** Ends browser and server. */
  readonly close: () => Promise<void>;
}

/** Starts server and browser for one test file. `settings` are user settings, such as those of the extension. */
export async function startWorkbench(
  suite: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Workbench> {
  const tools = await findTools();
  const server = await startServer(tools, suite, settings);
  let browser: Browser;
  try {
    browser = await chromium.launch({ executablePath: tools.chromium, args: browserFlags });
  } catch (error) {
    await server.stop();
    throw error;
  }
  const takeScreenshot = createCamera(suite);
  return {
    extensions: server.extensions,
    open: async (folder) => openFolder(browser, server.url, folder),
    screenshot: takeScreenshot,
    close: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

async function openFolder(browser: Browser, url: string, folder: string): Promise<Page> {
  const context = await browser.newContext({ viewport });
  // The editor must work without the network, and a test must not depend on it.
  await context.route(
    ({ origin, protocol }) => origin !== url && /^https?:$/.test(protocol),
    (route) => route.abort(),
  );
  // Shorter than a test may take, so that a failure names the thing that did not come.
  context.setDefaultTimeout(patient.timeout);
  const page = await context.newPage();
  await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`);
  await page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: 60_000 });
  await page
    .locator('.explorer-folders-view .monaco-list-row')
    .first()
    .waitFor({ timeout: 60_000 });
  return page;
}

function createCamera(suite: string): Workbench['screenshot'] {
  mkdirSync(SCREENSHOTS, { recursive: true });
  let taken = 0;
  return async (page, name) => {
    taken++;
    const number = String(taken).padStart(2, '0');
    await page.screenshot({ path: join(SCREENSHOTS, `${suite}-${number}-${name}.png`) });
  };
}
