import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeTestShops, openTestShop, type TestShop } from '../../acceptance/shop.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import { buildFace, openBrowser, visit } from '../browser.ts';

/** Lighthouse's mobile profile: a slow telephone in a slow network. */
const PHONE = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
};
const BYTES_PER_S = (1.6 * 1_024 * 1_024) / 8;
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: BYTES_PER_S,
  uploadThroughput: BYTES_PER_S,
};
const CPU_RATE = 4;

/** A page on which nothing has changed for so long is complete. */
const STILL_MS = 1_000;
const PATIENCE_MS = 20_000;

const GATES = { lcpMs: 1_500, cls: 0.02, tbtMs: 100 };
/** So many visits must be within the gates, of at most so many: others may use the machine meanwhile. */
const VISITS = { fast: 2, most: 10 };

interface Speed {
  /** Largest contentful paint. */
  readonly lcpMs: number;
  /** Cumulative layout shift. */
  readonly cls: number;
  /** Total blocking time: what is beyond 50 ms of each long task. */
  readonly tbtMs: number;
}

/** Collects the entries from the first moment of a page on. */
const COLLECT = `
  window.speed = { lcpMs: 0, cls: 0, tbtMs: 0 };
  window.changedAt = 0;
  const on = (type, take) =>
    new PerformanceObserver((list) => {
      list.getEntries().forEach(take);
      changedAt = performance.now();
    }).observe({ type, buffered: true });
  on('largest-contentful-paint', (entry) => { speed.lcpMs = entry.startTime; });
  on('layout-shift', (entry) => { if (!entry.hadRecentInput) speed.cls += entry.value; });
  on('longtask', (entry) => { speed.tbtMs += Math.max(0, entry.duration - 50); });
`;

let shop: TestShop;
let browser: Browser;

beforeAll(async () => {
  buildFace('storefront');
  [shop, browser] = await Promise.all([openTestShop(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await closeTestShops();
});

const throttled = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
};

/** The first visit of a browser that has nothing. */
const measure = async (path: string): Promise<Speed> => {
  const { page, close } = await visit(browser, { baseURL: shop.shop.url, ...PHONE });
  await page.addInitScript(COLLECT);
  await throttled(page);
  await page.goto(path, { waitUntil: 'commit' });
  // What the page reports in the background goes on; nobody waits for it.
  await lookUntil(
    () => page.evaluate<boolean>(`speed.lcpMs > 0 && performance.now() - changedAt > ${STILL_MS}`),
    (isStill) => isStill,
    { everyMs: 200, patienceMs: PATIENCE_MS },
  );
  const speed = await page.evaluate<Speed>('speed');
  await close();
  return speed;
};

/** The shop has rendered the page and derived its pictures before, as a shop with visitors has. */
const warm = async (path: string): Promise<void> => {
  const { page, close } = await visit(browser, { baseURL: shop.shop.url, ...PHONE });
  expect((await page.goto(path))?.status()).toBe(200);
  await close();
};

const isFast = ({ lcpMs, cls, tbtMs }: Speed): boolean =>
  lcpMs > 0 && lcpMs <= GATES.lcpMs && cls <= GATES.cls && tbtMs <= GATES.tbtMs;

const textOf = ({ lcpMs, cls, tbtMs }: Speed): string =>
  `LCP ${Math.round(lcpMs)} ms, CLS ${cls.toFixed(4)}, TBT ${Math.round(tbtMs)} ms`;

const productPath = async (): Promise<string> => {
  const html = await (await fetch(`${shop.shop.url}/categories/kitchen`)).text();
  return /href="(\/products\/[^"]+)"/.exec(html)?.[1] ?? '';
};

describe('on a telephone', () => {
  it.each([
    ['home', () => '/'],
    ['category', () => '/categories/kitchen'],
    ['search', () => '/search?q=lamp'],
    ['product', productPath],
  ])('the page %s is fast', async (name, pathOf) => {
    const path = await pathOf();
    await warm(path);
    const seen: Speed[] = [];
    while (seen.filter(isFast).length < VISITS.fast && seen.length < VISITS.most)
      seen.push(await measure(path));
    process.stdout.write(`${name}: ${seen.map(textOf).join('; ')}\n`);
    expect(seen.filter(isFast).length).toBe(VISITS.fast);
    // However slow the machine is, nothing may move.
    expect(Math.max(...seen.map(({ cls }) => cls))).toBeLessThanOrEqual(GATES.cls);
  });
});
