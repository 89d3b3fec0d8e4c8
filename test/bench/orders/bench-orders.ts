/**
 * `npm run bench -- orders [--orders N] [--seconds S]`: how long the lists for staff take with this many orders, in a shop of one process
 * on a private PostgreSQL: requests over HTTP through the gateway, one at a time; then the portal's pages in Chromium, from the click
 * until the rows are there. Each request is measured for S seconds.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import { openPg } from '#adapters/postgres/pg-database.ts';
import { DAY } from '#kernel/clock.ts';
import { table } from '#scripts/lib/table.ts';
import { startShop } from '#test/demo/shop-process.ts';
import { openAs } from '#test/faces/admin/staff.ts';
import { buildFace, openBrowser, visit } from '#test/faces/browser.ts';
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { NO_LIMITS } from '#test/kit/settings.ts';
import { measure, summarize, type Measured } from '../load.ts';
import { randomFrom } from '../search/products.ts';
import { call } from '../shop/http.ts';
import { signerOf, tokenFor } from '../shop/shoppers.ts';
import { CUSTOMERS, emailOf, fillOrders, MEMBER, nameOf, skuOf, SKUS, TAG, trackingOf } from './fill.ts';

const LIMIT = 50;
const WARM_UP_SECONDS = 0.3;
const VISITS = 20;
/** The list answers and shows within this. */
const AIM_MS = 1_000;

const { values, positionals } = parseArgs({
  options: {
    orders: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
const [count, seconds] = [Number(values.orders), Number(values.seconds)];
if (positionals.join() !== 'orders' || !Number.isInteger(count) || count < 1_000 || !(seconds > 0)) {
  console.error('usage: npm run bench -- orders [--orders N] [--seconds S]; N is at least 1000');
  process.exit(2);
}

interface OrdersPage {
  readonly items: readonly {
    readonly order_id: string;
    readonly number: string;
    readonly customer: { readonly email: string };
  }[];
  readonly next_cursor?: string;
}
type Read = () => Promise<unknown>;

const random = randomFrom(5);
const below = (limit: number): number => Math.floor(random() * limit);

/** @param known some orders */
const readsOf = (url: string, token: string, known: OrdersPage['items']): ReadonlyMap<string, Read> => {
  const get = <Body>(path: string, query: Readonly<Record<string, string>> = {}): Promise<Body> =>
    call('GET', `${url}/api/v1/${path}?${new URLSearchParams(query).toString()}`, { token });
  const list = (query: Readonly<Record<string, string>>): Promise<OrdersPage> =>
    get('staff/orders', { limit: String(LIMIT), ...query });
  /** Page after page. */
  const walk = (query: Readonly<Record<string, string>>): Read => {
    let cursor: { cursor?: string } = {};
    return async () => {
      const { next_cursor: next } = await list({ ...query, ...cursor });
      cursor = next === undefined ? {} : { cursor: next };
    };
  };
  const one = () => {
    const order = known[below(known.length)];
    if (!order) throw new Error('there are no orders');
    return order;
  };
  const monthAgo = (): string => new Date(Date.now() - below(700) * DAY).toISOString();
  return new Map<string, Read>([
    ...['newest', 'oldest', 'updated', 'total'].map((sort) => [`sort ${sort}`, walk({ sort })] as const),
    ...['pending', 'to_ship', 'on_hold', 'needs_you', 'shipped', 'cancelled'].map(
      (view) => [`view ${view}`, walk({ view })] as const,
    ),
    ['view needs_you by total', () => list({ view: 'needs_you', sort: 'total' })],
    [
      'status, payment, 30 days',
      () => {
        const from = monthAgo();
        const to = new Date(Date.parse(from) + 30 * DAY).toISOString();
        return list({
          ...{ status: 'delivered', payment_status: 'captured' },
          ...{ placed_from: from, placed_to: to },
        });
      },
    ],
    ['total within 10 EUR, newest', () => list({ total_min: '100', total_max: '110' })],
    ['highest totals of a status', () => list({ status: 'shipped', sort: 'total' })],
    ['carrier of one half', () => list({ carrier: 'DHL' })],
    ['country of all, oldest', () => list({ country: 'DE', sort: 'oldest' })],
    ['tag of 2 %', () => list({ tag: TAG })],
    ['assignee of 2 %', () => list({ assignee_id: MEMBER.userId })],
    ['q: a number', () => list({ q: one().number })],
    ['q: an e-mail address', () => list({ q: emailOf(below(CUSTOMERS)) })],
    ['q: a first name, of 10 %', () => list({ q: nameOf(below(10)).slice(0, 3) })],
    ['q: one letter', () => list({ q: 'c' })],
    ['q: a SKU', () => list({ q: skuOf(below(SKUS)) })],
    ['q: a tracking number', () => list({ q: trackingOf(below(count)) })],
    ['q: nothing like it', () => list({ q: 'zzzz' })],
    ['counts of all views', () => get('staff/orders/counts')],
    ['one order', () => get(`staff/orders/${one().order_id}`)],
    ['figures of 30 days', () => get('staff/orders/figures', { days: '30' })],
    ['figures of 92 days', () => get('staff/orders/figures', { days: '92' })],
    ['palette: an e-mail address', () => get('staff/search', { q: emailOf(below(CUSTOMERS)) })],
  ]);
};

/** What a member of staff does in the list, each until the rows are there. */
const stepsOn = (
  page: Page,
  url: string,
  known: OrdersPage['items'],
): ReadonlyMap<string, () => Promise<unknown>> => {
  const rows = page.getByRole('table').locator('.row-link');
  const view = (name: string) =>
    page.getByRole('navigation', { name: 'Views', exact: true }).getByRole('link', { name });
  const shown = (query: RegExp, act: () => Promise<unknown>) => async (): Promise<void> => {
    const answered = page.waitForResponse((response) => query.test(response.url()) && response.ok());
    await act();
    await answered;
    await rows.first().waitFor();
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  };
  const search = page.getByRole('searchbox');
  const orders = /\/api\/v1\/staff\/orders\?/;
  return new Map([
    ['open the list', shown(orders, () => page.goto(`${url}/admin/orders`))],
    [
      'open the list, with the counts of its tabs',
      async () => {
        const counted = page.waitForResponse((response) => /\/staff\/orders\/counts/.test(response.url()));
        await shown(orders, () => page.goto(`${url}/admin/orders`))();
        await counted;
        await view('To ship').getByText(/\d/).waitFor();
      },
    ],
    [
      'next page',
      shown(/cursor=/, () =>
        page
          .getByRole('button', { name: 'Next' })
          .or(page.getByRole('link', { name: 'Next' }))
          .first()
          .click(),
      ),
    ],
    ['to ship', shown(/view=to_ship/, () => view('To ship').click())],
    ['needs you', shown(/view=needs_you/, () => view('Needs you').click())],
    ['all, sorted by total', shown(/sort=total/, () => page.goto(`${url}/admin/orders?sort=total`))],
    [
      'type an e-mail address',
      async () => {
        const email = known[below(known.length)]?.customer.email ?? '';
        await shown(/[?&]q=customer/, () => search.fill(email))();
        await search.fill('');
      },
    ],
    [
      'type a number',
      async () => {
        const number = known[below(known.length)]?.number ?? '';
        await shown(new RegExp(`[?&]q=${number}`), () => search.fill(number))();
        await search.fill('');
      },
    ],
  ]);
};

const inBrowser = async (url: string, known: OrdersPage['items']): Promise<ReadonlyMap<string, Measured>> => {
  buildFace('admin');
  const browser = await openBrowser();
  try {
    const { page } = await visit(browser);
    await openAs(page, url, 'orders', '/orders');
    const latencies = new Map<string, number[]>();
    for (let visits = 0; visits <= VISITS; visits += 1)
      for (const [name, step] of stepsOn(page, url, known)) {
        const began = performance.now();
        await step();
        if (visits > 0) latencies.set(name, [...(latencies.get(name) ?? []), performance.now() - began]);
      }
    return new Map([...latencies].map(([name, of]) => [`Chromium: ${name}`, summarize(of, 1)]));
  } finally {
    await browser.close();
  }
};

const measured = new Map<string, Measured>();
const resources = new AsyncDisposableStack();
try {
  const server = await startPrivatePostgres();
  resources.defer(() => server.stop());
  const folder = mkdtempSync(join(tmpdir(), 'bench-orders-'));
  resources.defer(() => rmSync(folder, { recursive: true, force: true }));
  const shop = await startShop({
    port: 0,
    dataDir: folder,
    args: ['--fresh'],
    env: { DATABASE_URL: server.url, ...NO_LIMITS },
  });
  resources.defer(() => shop.stop());
  const database = openPg({
    url: server.url,
    poolSize: 2,
    statementTimeoutMs: 600_000,
    onError: console.error,
  });
  resources.defer(() => database.close());
  const startedAt = performance.now();
  await fillOrders(database, count);
  console.log(`${count} orders made in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);

  const { user } = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as { user: PrivateJwk };
  const token = await tokenFor(await signerOf(user), MEMBER.userId, 'admin');
  const { items } = await call<OrdersPage>('GET', `${shop.url}/api/v1/staff/orders?limit=100`, { token });
  for (const [name, read] of readsOf(shop.url, token, items)) {
    await measure({ workers: 1, seconds: WARM_UP_SECONDS }, read);
    measured.set(name, await measure({ workers: 1, seconds }, read));
  }
  for (const [name, of] of await inBrowser(shop.url, items)) measured.set(name, of);
} finally {
  await resources.disposeAsync();
}

const rows = [...measured].map(([name, { p50Ms, p95Ms, p99Ms }]) => [
  name,
  ...[p50Ms, p95Ms, p99Ms].map((ms) => ms.toFixed(1)),
  p95Ms <= AIM_MS ? '' : `✗ above ${AIM_MS} ms`,
]);
console.log(`\n${table(['READ', 'p50 ms', 'p95', 'p99', ''], rows)}`);
process.exit(0);
