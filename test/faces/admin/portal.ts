import { availableParallelism, loadavg } from 'node:os';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openTestShop } from '#test/acceptance/shop.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { Shopper } from '#test/kit/shopper.ts';
import { buildFace, openBrowser, visit, type Visit } from '../browser.ts';
import { openAs, STAFF } from './staff.ts';

export interface Portal {
  readonly origin: string;
  /** Calls the API as an administrator. */
  readonly staff: Shopper;
  newShopper(): Promise<Shopper>;
  /** Sets an event aside, as if a consumer had failed to handle it. */
  park(service: string, consumer: string, event: EventEnvelope, error: string): Promise<void>;
  /** A browser that nobody has signed in to. */
  open(options?: Parameters<typeof visit>[1]): Promise<Visit>;
  /** On a page of the portal, in the session that the member of staff has for all tests of the file. */
  openPage(who: keyof typeof STAFF, path: string, options?: Parameters<typeof visit>[1]): Promise<Visit>;
  /** The same in a new session, which the test may end. */
  openSession(who: keyof typeof STAFF, path: string): Promise<Visit>;
}

type Settings = Readonly<Record<string, string>>;

/** A shop with the portal and a browser, for the tests of a file. @param settingsOf the shop */
export const usePortal = (settingsOf: () => Settings | Promise<Settings> = () => ({})): Portal => {
  let shop: Awaited<ReturnType<typeof openTestShop>>;
  let browser: Browser;
  let staff: Shopper;
  beforeAll(async () => {
    buildFace('admin');
    const settings = await settingsOf();
    [shop, browser] = await Promise.all([
      openTestShop({
        USER_GUESSES_PER_NETWORK: '1000000',
        USER_ACCESS_TOKEN_S: '3600', // `staff` renews no tokens, and a busy machine takes longer than five minutes for a file
        GATEWAY_STREAM_CHECK_MS: '10', // a stream that outlives its session would be seen to fail
        ...settings,
      }),
      openBrowser(),
    ]);
    staff = await shop.staff(...STAFF.admin);
  });
  afterAll(async () => {
    await browser.close();
    await shop.close();
  });
  const sessions = new Map<keyof typeof STAFF, BrowserContextOptions['storageState']>();
  const open: Portal['open'] = async (options = {}) => {
    const visitor = await visit(browser, options);
    onTestFinished(() => visitor.close());
    return visitor;
  };
  return {
    get origin() {
      return shop.shop.url;
    },
    get staff() {
      return staff;
    },
    newShopper: () => shop.shopper(),
    park: async (service, consumer, event, error) => {
      await shop.services.get(service)?.unitOfWork.run(async ({ inbox }) => {
        await inbox.claim(consumer, [event]);
        await inbox.park(consumer, event, error);
      });
    },
    open,
    openPage: async (who, path, options = {}) => {
      const storageState = sessions.get(who);
      const visitor = await open(storageState ? { ...options, storageState } : options);
      if (await openAs(visitor.page, shop.shop.url, who, path))
        sessions.set(who, await visitor.page.context().storageState());
      return visitor;
    },
    openSession: async (who, path) => {
      const visitor = await open();
      await openAs(visitor.page, shop.shop.url, who, path);
      return visitor;
    },
  };
};

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** Ends the stream of events at once, so that the network is idle when a page is complete. */
export const withoutEvents = async (page: Page): Promise<void> => {
  await page.route('**/api/v1/staff/events', (route) => route.fulfill({ status: 204 }));
};

/** Counts presses of the mouse button from now on. */
export const countClicks = async (page: Page): Promise<() => Promise<number>> => {
  await page.evaluate(
    "globalThis.pressed = 0; addEventListener('pointerdown', () => { globalThis.pressed += 1; }, true)",
  );
  return () => page.evaluate<number>('globalThis.pressed');
};

const TRIES = 3;

/** What would have taken so long on a machine that does nothing else. */
export const withoutOthers = (ms: number): number =>
  ms / Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

/**
 * The shortest time that something took, in milliseconds of a machine that does nothing else: repeated while it takes longer than `most`.
 * @param prepare for each try; its time does not count
 */
export const quickest = async (
  most: number,
  prepare: () => Promise<unknown>,
  act: () => Promise<unknown>,
): Promise<number> => {
  let shortest = Infinity;
  for (let tries = 0; tries < TRIES && shortest > most; tries += 1) {
    await prepare();
    const began = performance.now();
    await act();
    shortest = Math.min(shortest, withoutOthers(performance.now() - began));
  }
  return shortest;
};

/** Text that would run as a script, if it were not shown as text. */
export const SCRIPT = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

interface Focused {
  readonly name: string;
  readonly isNone: boolean;
  readonly isVisible: boolean;
}

const FOCUSED = `(() => {
  const focused = document.activeElement;
  // The link of a row has its outline around the row.
  const isOutlined = [focused, focused.closest('.linked-row')].some((one) => {
    const { outlineStyle, boxShadow } = one ? getComputedStyle(one) : { outlineStyle: 'none', boxShadow: 'none' };
    return outlineStyle !== 'none' || boxShadow !== 'none';
  });
  const isField = ['INPUT', 'TEXTAREA', 'SELECT'].includes(focused.tagName);
  return {
    name: focused.closest('[role=grid]')
      ? 'grid'
      : (focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent),
    isNone: focused === document.body,
    // A part of a time has the focus, not its field, which has a border of another colour as the others.
    isVisible: focused.type === 'datetime-local' || (focused.matches(':focus-visible') && (isField || isOutlined)),
  };
})()`;

const MOST_TABS = 120;

/** Presses Tab until a link, button or field of this name has the focus, or a cell of a `grid`, which must be visible all the way. */
export const tabTo = async (page: Page, name: string | RegExp): Promise<void> => {
  const seen: string[] = [];
  for (let count = 0; count < MOST_TABS; count += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<Focused>(FOCUSED);
    if (focused.isNone) continue; // between the last element and the first
    if (!focused.isVisible) throw new Error(`the focus on “${focused.name}” cannot be seen`);
    if (typeof name === 'string' ? focused.name === name : name.test(focused.name)) return;
    seen.push(focused.name);
  }
  throw new Error(`Tab does not lead to ${String(name)}, but to ${seen.join(', ')}`);
};

/** The name of what has the focus; empty if nothing has. */
export const focusedName = async (page: Page): Promise<string> => {
  const { name, isNone } = await page.evaluate<Focused>(FOCUSED);
  return isNone ? '' : name;
};
