import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Chromium of `CHROMIUM`, or where Debian installs it; undefined if there is none. */
export const chromiumPath = (): string | undefined =>
  [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    .filter((path) => path !== undefined)
    .find((path) => existsSync(path));

/** Root may not use the sandbox. */
const ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export const openChromium = (): Promise<Browser> => {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('no Chromium: set CHROMIUM to its path');
  return chromium.launch({ executablePath, args: ARGS });
};

export interface WatchedPage {
  readonly page: Page;
  /** Errors of the console, of scripts, and of the policy of the page. */
  readonly troubles: readonly string[];
  /** `POST http://localhost:1/cart/items` with its body, for each request. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** A page of a visitor without cookies. */
export const openPage = async (
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> => {
  const context = await browser.newContext({
    baseURL,
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`);
  });
  return { page, troubles, requests, close: () => context.close() };
};
