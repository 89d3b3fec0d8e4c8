import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Debian's Chromium without the window, which takes four fifths of the processor time that a new page costs the whole one. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** Chromium of `CHROMIUM`, or where Debian installs it; undefined if there is none. */
export const chromiumPath = (): string | undefined =>
  [
    process.env['CHROMIUM'],
    HEADLESS_SHELL,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
    .filter((path) => path !== undefined)
    .find((path) => existsSync(path));

/** Whether tests run as fast as they can: in the shell, or in what was asked for. */
export const isChromiumChosen = (): boolean =>
  [HEADLESS_SHELL, process.env['CHROMIUM']].includes(chromiumPath());

/** Root may not use the sandbox. */
const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** @param args more arguments for Chromium */
export const openBrowser = (args: readonly string[] = []): Promise<Browser> => {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('no Chromium: set CHROMIUM to its path');
  return chromium.launch({
    executablePath,
    args: [...SANDBOX, '--disable-dev-shm-usage', '--disable-gpu', ...args], // no GPU is emulated
  });
};

/** Builds a face if its sources have changed. */
export const buildFace = (name: string): void => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/faces.ts', name], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name} cannot be built: ${stderr}`);
};

export interface Visit {
  readonly page: Page;
  /** Errors and warnings in the console, exceptions, and violations of the CSP, since the last call. */
  troubles(): readonly string[];
  /** `POST http://localhost:1/cart/items` with its body, for each request. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/**
 * A page in a context of its own: no cookies, no storage. Nothing is in motion, so that no look of the page is between two others: a
 * button that changes its colour for 150 ms has little contrast meanwhile.
 */
export const visit = async (browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> => {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  let seen: string[] = [];
  const requests: string[] = [];
  page.on('request', (request) => {
    requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => seen.push(`exception: ${error.message}`));
  return {
    page,
    requests,
    troubles: () => {
      const before = seen;
      seen = [];
      return before;
    },
    close: () => context.close(),
  };
};

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe finds on the page as it is, one line per element. Legacy: all in the page itself, without a second page for each run; no page
 * has a frame that this would miss. With only the violations written out, a run takes a fifth of the time.
 * @param more tags of rules, besides those of WCAG
 */
export const barriersOn = (page: Page, more: readonly string[] = []): Promise<readonly string[]> =>
  barriers(new AxeBuilder({ page }).options(BRIEF).withTags([...RULES, ...more]));

/** The same by the rules whose result depends on colours and sizes, for another look of a page that has been inspected. */
export const barriersOfLook = (page: Page): Promise<readonly string[]> =>
  barriers(new AxeBuilder({ page }).options({ ...BRIEF, runOnly: { type: 'rule', values: RULES_OF_LOOK } }));

/** Frames are not asked: that of a mail runs no script that could answer. */
const BRIEF: Parameters<AxeBuilder['options']>[0] = { resultTypes: ['violations'], iframes: false };

const RULES_OF_LOOK = ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable'];

const barriers = async (axe: AxeBuilder): Promise<readonly string[]> => {
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};

/** Keeps a picture of the page in `reports/`, to be looked at. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = join(ROOT, 'reports/faces');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
};

/** Either colour scheme, with how a page is inspected in it: what does not depend on colours once. */
export const SCHEMES = [
  ['dark', barriersOn],
  ['light', barriersOfLook],
] as const;

/** What axe finds in either colour scheme, of which pictures are kept. */
export const barriersInSchemes = async (page: Page, name: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const [colorScheme, inspect] of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await inspect(page)));
    await picture(page, `${name}-${colorScheme}`);
  }
  return found;
};

/** Pastes into what has the focus, as a spreadsheet program would have copied it. */
export const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }`);
