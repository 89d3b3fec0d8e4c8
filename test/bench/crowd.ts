/**
 * `node test/bench/crowd.ts SHOP_URL TOKENS_URL [SHOPPERS] [SECONDS]`: a crowd at a shop that runs. Each shopper registers, logs
 * in, and then fills a cart, asks for a quote and orders, over and over, faster than the shop can. Prints what was returned how
 * often and how soon. A refusal with `Retry-After` is waited for and tried again, as a client should; any other failure ends the round.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { percentile } from './load.ts';

const [shop = '', tokensUrl = '', shoppers = '80', seconds = '30'] = process.argv.slice(2);
if (shop === '' || tokensUrl === '') {
  console.error('usage: node test/bench/crowd.ts SHOP_URL TOKENS_URL [SHOPPERS] [SECONDS]');
  process.exit(2);
}
const dispatcher = new Agent({ connections: 512, pipelining: 1 });
const ADDRESS = { recipient: 'Sam', line1: 'Allee 1', city: 'Berlin', postal_code: '10178', country: 'DE' };
const CARD = { number: '4242424242424242', exp_month: 12, exp_year: 2031, cvc: '123' };
const PASSWORD = 'a long pass phrase of the crowd';

const Grant = z.object({ access_token: z.string(), user: z.object({ user_id: z.string() }) });
const Card = z.object({ token: z.string() });
const Quote = z.object({
  cart_version: z.number(),
  currency: z.string(),
  options: z.tuple([z.object({ shipping_option_id: z.string(), total: z.number() })], z.unknown()),
});
const Products = z.object({
  items: z.array(z.object({ product_id: z.string() })),
  next_cursor: z.string().optional(),
});
const Stock = z.object({ items: z.array(z.object({ variant_id: z.string(), available: z.number() })) });
const Problem = z.object({ code: z.string() });

const PLENTY = 20;

interface Item {
  readonly product_id: string;
  readonly variant_id: string;
}

/** Anything but a success, and no "later". */
class Refused extends Error {}

const tally = new Map<string, number>();
const latencies = new Map<string, number[]>();
const health: number[] = [];
let end = Infinity;
const isOver = (): boolean => performance.now() >= end;
let [orders, rounds] = [0, 0];

const note = (step: string, outcome: string, ms: number): void => {
  const key = `${step} ${outcome}`;
  tally.set(key, (tally.get(key) ?? 0) + 1);
  latencies.set(key, [...(latencies.get(key) ?? []), ms]);
};

/** Sends until something other than "later" is returned; throws unless that is a success. */
const ask = async (
  step: string,
  url: string,
  body: object | undefined,
  token?: string,
  key?: string,
): Promise<unknown> => {
  for (;;) {
    const began = performance.now();
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(url, {
      method: body ? 'POST' : 'GET',
      dispatcher,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await answer.text();
    const code = statusCode >= 400 ? Problem.parse(JSON.parse(text)).code : '';
    const after = headers['retry-after'];
    note(
      step,
      `${statusCode} ${code}${statusCode === 503 && after === undefined ? ' without Retry-After' : ''}`.trim(),
      performance.now() - began,
    );
    if (statusCode < 400) return JSON.parse(text) as unknown;
    if (after === undefined || isOver()) throw new Refused(`${step} ${statusCode} ${text}`);
    await pause(Number(after) * 1_000 * (0.75 + Math.random() / 2));
  }
};

interface Person {
  readonly user: string;
  readonly token: string;
}

const enter = async (number: number): Promise<Person> => {
  const email = `crowd-${process.pid}-${number}-${Date.now()}@example.com`;
  const person = { email, password: PASSWORD, first_name: 'Sam', last_name: 'Shopper' };
  await ask('register', `${shop}/api/v1/users`, person);
  const credentials = { email, password: PASSWORD };
  const { access_token, user } = Grant.parse(await ask('login', `${shop}/api/v1/auth/login`, credentials));
  return { user: user.user_id, token: access_token };
};

const buy = async ({ user, token }: Person, item: Item): Promise<void> => {
  const card = Card.parse(await ask('card', `${tokensUrl}/v1/tokens`, CARD));
  await ask('cart', `${shop}/api/v1/cart/${user}/items`, { ...item, quantity: 1 }, token);
  const quoted = await ask('quote', `${shop}/api/v1/checkout/quote`, { shipping_address: ADDRESS }, token);
  const { cart_version, currency, options: [option] } = Quote.parse(quoted); // prettier-ignore
  const order = {
    cart_version,
    currency,
    shipping_address: ADDRESS,
    shipping_option_id: option.shipping_option_id,
    payment_token: card.token,
    expected_total: option.total,
  };
  await ask('order', `${shop}/api/v1/orders`, order, token, `order-${user}-${cart_version}`);
};

/** Until it works, or the time is over. */
const insist = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
  while (!isOver())
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused)) note('broken', String(error), 0);
      await pause(50);
    }
  return undefined;
};

const walk = async (number: number, items: readonly Item[]): Promise<void> => {
  const person = await insist(() => enter(number));
  for (let turn = 0; person && !isOver(); turn += 1) {
    const item = items[(number * 7 + turn) % items.length];
    rounds += 1;
    if (item && (await insist(() => buy(person, item).then(() => true)))) orders += 1;
  }
};

const watchHealth = async (): Promise<void> => {
  while (!isOver()) {
    const began = performance.now();
    const { statusCode, body } = await request(`${shop}/health/live`);
    await body.dump();
    if (statusCode === 200) health.push(performance.now() - began);
    await pause(100);
  }
};

/** What there is a lot of. */
const plenty = async (): Promise<readonly Item[]> => {
  const found: Item[] = [];
  for (let query = '?limit=100'; ;) {
    const page = Products.parse(await ask('products', `${shop}/api/v1/products${query}`, undefined));
    for (const { product_id } of page.items) {
      const stock = Stock.parse(await ask('stock', `${shop}/api/v1/inventory/${product_id}`, undefined));
      found.push(
        ...stock.items
          .filter(({ available }) => available >= PLENTY)
          .map(({ variant_id }) => ({ product_id, variant_id })),
      );
    }
    if (page.next_cursor === undefined) return found;
    query = `?limit=100&cursor=${encodeURIComponent(page.next_cursor)}`;
  }
};

const items = await plenty();
end = performance.now() + Number(seconds) * 1_000;
await Promise.all([
  watchHealth(),
  ...Array.from({ length: Number(shoppers) }, (_, number) => walk(number, items)),
]);

const ms = (sorted: readonly number[], share: number): string =>
  percentile(sorted, share).toFixed(0).padStart(6);
for (const [key, count] of [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  const sorted = (latencies.get(key) ?? []).toSorted((a, b) => a - b);
  console.log(
    `${key.padEnd(44)}${String(count).padStart(6)}   p50 ${ms(sorted, 0.5)}  p95 ${ms(sorted, 0.95)} ms`,
  );
}
const sorted = health.toSorted((a, b) => a - b);
console.log(
  `health${' '.repeat(38)}${String(health.length).padStart(6)}   p50 ${ms(sorted, 0.5)}  p95 ${ms(sorted, 0.95)} ms`,
);
console.log(`${rounds} rounds started, ${orders} orders in ${seconds} s by ${shoppers} shoppers`);
process.exit();
