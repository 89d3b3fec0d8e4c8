import type { Browser, Page } from 'playwright-core';
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
  /** Signed in, on a page of the portal. */
  openPage(who: keyof typeof STAFF, path: string, options?: Parameters<typeof visit>[1]): Promise<Visit>;
}

/** A shop with the portal and a browser, for the tests of a file. */
export const usePortal = (): Portal => {
  let shop: Awaited<ReturnType<typeof openTestShop>>;
  let browser: Browser;
  let staff: Shopper;
  beforeAll(async () => {
    buildFace('admin');
    [shop, browser] = await Promise.all([
      // `staff` renews no tokens, and a busy machine takes longer than five minutes for a file.
      openTestShop({ USER_GUESSES_PER_NETWORK: '1000000', USER_ACCESS_TOKEN_S: '3600' }),
      openBrowser(),
    ]);
    staff = await shop.staff(...STAFF.admin);
  });
  afterAll(async () => {
    await browser.close();
    await shop.close();
  });
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
      const visitor = await open(options);
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

/** Text that would run as a script, if it were not shown as text. */
export const SCRIPT = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
