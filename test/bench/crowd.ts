/**
 * `node test/bench/crowd.ts SHOP_URL TOKENS_URL [SHOPPERS] [SECONDS]`: a crowd at a shop that runs. Each shopper registers, logs
 * in, and then fills a cart, asks for a quote and orders, over and over, faster than the shop can. Prints what was returned how
 * often and how soon. A refusal with `Retry-After` is waited for and tried again, as a client should; any other failure ends the round.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { dataOf, ShopError } from '#client/index.ts';
import { CARDS, Shopper, type Variant } from '#test/kit/shopper.ts';
import { percentile } from './load.ts';

const [shop = '', tokensUrl = '', shoppers = '80', seconds = '30'] = process.argv.slice(2);
if (shop === '' || tokensUrl === '') {
  console.error('usage: node test/bench/crowd.ts SHOP_URL TOKENS_URL [SHOPPERS] [SECONDS]');
  process.exit(2);
}
const PLENTY = 20;

/** Milliseconds, by kind of response. */
const latencies = new Map<string, number[]>();
let end = Infinity;
const isOver = (): boolean => performance.now() >= end;
let [orders, rounds] = [0, 0];

const note = (kind: string, ms: number): void => {
  const known = latencies.get(kind) ?? [];
  known.push(ms);
  latencies.set(kind, known);
};

const kindOf = async ({ method, url }: Request, response: Response): Promise<string> => {
  const path = new URL(url).pathname.replaceAll(/[0-9a-f-]{36}/g, '{id}');
  const { code = '' } = response.ok ? {} : ((await response.clone().json()) as { code?: string });
  const isLost = response.status === 503 && !response.headers.has('retry-after');
  return `${method} ${path} ${response.status} ${code}${isLost ? ' without Retry-After' : ''}`.trim();
};

const send = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  for (;;) {
    const began = performance.now();
    const response = await send(request.clone());
    note(await kindOf(request, response), performance.now() - began);
    const after = response.headers.get('retry-after');
    if (response.ok || after === null || isOver()) return response;
    await pause(Number(after) * 1_000 * (0.75 + Math.random() / 2));
  }
};

/** Until it works, or the time is over; returns whether it worked. */
const insist = async (work: () => Promise<unknown>): Promise<boolean> => {
  while (!isOver())
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof ShopError)) note(`broken: ${String(error)}`, 0);
      await pause(50);
    }
  return false;
};

const walk = async (number: number, variants: readonly Variant[]): Promise<void> => {
  const shopper = new Shopper(shop, tokensUrl);
  const email = `crowd-${process.pid}-${number}-${Date.now()}@example.com`;
  if (!(await insist(() => shopper.register(email, 'a long pass phrase of the crowd')))) return;
  for (let turn = 0; !isOver(); turn += 1) {
    const variant = variants[(number * 7 + turn) % variants.length];
    if (!variant) throw new Error(`nothing of which there are ${PLENTY}`);
    const buy = async (): Promise<void> => {
      await shopper.addToCart(variant);
      await shopper.order(CARDS.good);
    };
    rounds += 1;
    if (await insist(buy)) orders += 1;
  }
};

const watchHealth = async (): Promise<void> => {
  while (!isOver()) {
    await fetch(`${shop}/health/live`);
    await pause(100);
  }
};

/** Variants of which there are plenty. */
const findVariants = async (): Promise<readonly Variant[]> => {
  const { shop: client } = new Shopper(shop, tokensUrl);
  const found: Variant[] = [];
  let cursor: { cursor?: string } = {};
  for (;;) {
    const page = await dataOf(
      client.GET('/api/v1/products', { params: { query: { limit: 100, ...cursor } } }),
    );
    for (const { product_id } of page.items) {
      const params = { path: { product_id } };
      const { items } = await dataOf(client.GET('/api/v1/inventory/{product_id}', { params }));
      const { variants } = await dataOf(client.GET('/api/v1/products/{product_id}', { params }));
      const scarce = new Set(items.filter((one) => one.available < PLENTY).map((one) => one.variant_id));
      found.push(
        ...variants
          .filter(({ variant_id }) => !scarce.has(variant_id))
          .map((one) => ({ ...one, product_id })),
      );
    }
    if (page.next_cursor === undefined) return found;
    cursor = { cursor: page.next_cursor };
  }
};

const variants = await findVariants();
latencies.clear();
end = performance.now() + Number(seconds) * 1_000;
await Promise.all([
  watchHealth(),
  ...Array.from({ length: Number(shoppers) }, (_, number) => walk(number, variants)),
]);

for (const [kind, all] of [...latencies].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  const sorted = all.toSorted((a, b) => a - b);
  const [p50, p95] = [0.5, 0.95].map((share) => percentile(sorted, share).toFixed(0).padStart(6));
  console.log(`${kind.padEnd(64)}${String(sorted.length).padStart(6)}   p50 ${p50}  p95 ${p95} ms`);
}
console.log(`${rounds} rounds started, ${orders} orders in ${seconds} s by ${shoppers} shoppers`);
process.exit();
