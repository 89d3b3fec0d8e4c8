/**
 * `npm run bench [-- --pg URL|private] [--seconds N]`: what the shop does per second, beside its floors, in one run.
 * `--pg private` brings up a PostgreSQL of its own.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Agent, request, setGlobalDispatcher } from 'undici';
import { makeSigner, type PrivateJwk } from '#adapters/auth/tokens.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { ADDRESS, CARDS, Shopper } from '#test/kit/shopper.ts';
import { startShop } from '#test/demo/shop-process.ts';
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { cpuMsOf, postgresCpuMs, residentMib } from './cpu.ts';
import { insertsPerSecond } from './floor-store.ts';
import { measure, summarize, type Measured } from './load.ts';

const { values: args } = parseArgs({
  options: {
    pg: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    out: { type: 'string', default: 'reports/journey.json' },
  },
});
const SECONDS = Number(args.seconds);
const own = args.pg === 'private' ? await startPrivatePostgres() : undefined;
const pg = own?.url ?? args.pg;
const READERS = 16;
const JOURNEYS_AT_ONCE = 8;
const PRODUCTS = 1_000;
const BURST = Number(process.env['BURST'] ?? 60);

setGlobalDispatcher(new Agent({ connections: 256, pipelining: 1 }));

const folder = mkdtempSync(join(tmpdir(), 'shop-bench-'));
const floorPerSecond = await insertsPerSecond(pg, join(folder, 'floor'));

const shop = await startShop({
  port: 0,
  dataDir: join(folder, 'data'),
  args: ['--fresh'],
  env: {
    ...(pg === undefined ? {} : { DATABASE_URL: pg }),
    GATEWAY_RATE_READ: '100000000', GATEWAY_RATE_WRITE: '100000000', GATEWAY_RATE_CHECKOUT: '100000000', GATEWAY_RATE_IMPORT: '100',
    SHIPPING_DISPATCH_DELAY_MS: '0', SHIPPING_MOCK_SPEED: '1', INVENTORY_LOW_STOCK_THRESHOLD: '0',
  },
}); // prettier-ignore

/** Answers parsed JSON; anything but a 2xx fails the bench. */
const call = async <Body>(
  method: 'GET' | 'POST',
  path: string,
  token?: string,
  body?: unknown,
): Promise<Body> => {
  const answer = await request(shop.url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  return JSON.parse(text) as Body;
};

const keys = JSON.parse(readFileSync(join(shop.dataDir, 'keys.json'), 'utf8')) as { user: PrivateJwk };
const sign = await makeSigner(keys.user);
const tokenFor = (userId: string, ...roles: readonly string[]): Promise<string> =>
  sign(
    { iss: 'https://shop.local', sub: userId, email: `${userId}@example.com`, name: 'Bench', roles },
    7_200,
  );
const admin = await tokenFor(systemIds.next(), 'admin');

interface Item {
  readonly product_id: string;
  readonly variant_id: string;
}

/** Fills the shop up to so many products, plenty of each in stock, and answers a variant of each new one. */
const importProducts = async (): Promise<readonly Item[]> => {
  const lines = Array.from({ length: PRODUCTS - 199 }, (_, index) =>
    JSON.stringify({
      name: `Bench product ${index}`, description: 'Made to be measured.', category: 'Bench', subcategory: `Row ${index % 20}`,
      tags: ['bench'], brand: 'Bench', specifications: { number: String(index) },
      variants: ['S', 'M', 'L'].map((size) => ({ sku: `BENCH-${index}-${size}`, attributes: { size }, price: 10 + (index % 90), currency: 'EUR', images: ['/media/samples/box~aabbcc~Bench.svg'], initial_stock: 1_000_000 })),
    }),
  ); // prettier-ignore
  const answer = await request(`${shop.url}/api/v1/products/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  const report = (await answer.body.json()) as { rows: readonly { product_id: string }[] };
  const items: Item[] = [];
  for (const { product_id } of report.rows.slice(0, 200)) {
    const product = await call<{ variants: readonly { variant_id: string }[] }>(
      'GET',
      `/api/v1/products/${product_id}`,
      admin,
    );
    const [variant] = product.variants;
    if (variant) items.push({ product_id, variant_id: variant.variant_id });
  }
  const last = report.rows.at(-1)?.product_id ?? '';
  const isTakenIn = async (): Promise<boolean> => {
    const answered = await request(`${shop.url}/api/v1/inventory/${last}`);
    await answered.body.dump();
    return answered.statusCode === 200;
  };
  while (!(await isTakenIn())) await new Promise((resolve) => setTimeout(resolve, 50));
  return items;
};

const items = await importProducts();
const itemFor = (turn: number): Item => {
  const item = items[turn % items.length];
  if (!item) throw new Error('no products');
  return item;
};

const newShoppers = (count: number) =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const userId = systemIds.next();
      return {
        userId,
        token: await tokenFor(userId),
        card: await new Shopper(shop.url, shop.tokensUrl).tokenise(CARDS.good),
      };
    }),
  );

type Bencher = Awaited<ReturnType<typeof newShoppers>>[number];

const add = ({ userId, token }: Bencher, turn: number): Promise<unknown> =>
  call('POST', `/api/v1/cart/${userId}/items`, token, { ...itemFor(turn), quantity: 1 });

interface Quote {
  readonly cart_version: number;
  readonly currency: string;
  readonly options: readonly { readonly shipping_option_id: string; readonly total: number }[];
}

const place = async ({ token, card }: Bencher, quote: Quote): Promise<string> => {
  const [option] = quote.options;
  if (!option) throw new Error('no way to send it');
  const order = await call<{ order_id: string }>('POST', '/api/v1/orders', token, {
    cart_version: quote.cart_version, shipping_address: ADDRESS, shipping_option_id: option.shipping_option_id,
    payment_token: card, expected_total: option.total, currency: quote.currency,
  }); // prettier-ignore
  return order.order_id;
};

const quoteFor = ({ token }: Bencher): Promise<Quote> =>
  call('POST', '/api/v1/checkout/quote', token, { shipping_address: ADDRESS });

/** Reads the order's event stream until it is confirmed. */
const confirmed = async ({ token }: Bencher, orderId: string): Promise<void> => {
  const gone = new AbortController();
  const { body } = await request(`${shop.url}/api/v1/orders/${orderId}/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: gone.signal,
  });
  body.on('error', () => undefined);
  let text = '';
  for await (const chunk of body as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.includes('"status":"cancelled"')) throw new Error(`order ${orderId} was cancelled: ${text}`);
    if (text.includes('"status":"confirmed"')) break;
  }
  gone.abort();
};

const results: Measured[] = [];
const ratios: Record<string, number> = {};
const facts: Record<string, number | string> = { machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`, store: pg === undefined ? 'PGlite' : 'PostgreSQL', products: PRODUCTS }; // prettier-ignore

const floorChild = spawn(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', new URL('floor-server.ts', import.meta.url).pathname],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const floorPort = await new Promise<string>((resolve) => floorChild.stdout.once('data', (chunk: Buffer) => { resolve(chunk.toString().trim().split(' ')[1] ?? ''); })); // prettier-ignore

const read = async (url: string, token?: string): Promise<void> => {
  const { statusCode, body } = await request(
    url,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
  await body.dump();
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
};

const load = { workers: READERS, seconds: SECONDS };
// Let the import's last events pass and the floor's code get warm, so that it is a floor.
await new Promise((resolve) => setTimeout(resolve, 2_000));
await measure('warm-up', { workers: READERS, seconds: 1 }, () => read(`http://127.0.0.1:${floorPort}/`));
const floor = await measure('floor: bare Express, JSON of a page', load, () =>
  read(`http://127.0.0.1:${floorPort}/`),
);
results.push(floor);
floorChild.kill();

// Orders: placed in a burst, then watched until all are confirmed and shipped.
const burst = await newShoppers(BURST);
const quotes: Quote[] = [];
for (const [turn, shopper] of burst.entries()) {
  await add(shopper, turn);
  quotes.push(await quoteFor(shopper));
}
const placing: number[] = [];
const orders: { shopper: Bencher; orderId: string }[] = [];
const burstAt = performance.now();
let next = 0;
await Promise.all(Array.from({ length: JOURNEYS_AT_ONCE }, async () => {
  while (next < BURST) {
    const turn = next++;
    const [shopper, quote] = [burst[turn], quotes[turn]];
    if (!shopper || !quote) throw new Error('unreachable');
    const began = performance.now();
    orders.push({ shopper, orderId: await place(shopper, quote) });
    placing.push(performance.now() - began);
  }
})); // prettier-ignore
results.push(summarize('place order', placing, (performance.now() - burstAt) / 1_000));
const waitForAll = async (statuses: readonly string[]): Promise<number> => {
  for (const status of statuses)
    while (
      (await call<{ items: unknown[] }>('GET', `/api/v1/orders?status=${status}&limit=1`, admin)).items
        .length > 0
    )
      await new Promise((resolve) => setTimeout(resolve, 20));
  return BURST / ((performance.now() - burstAt) / 1_000);
};
const confirmedPerSecond = await waitForAll(['pending']);
facts['orders/s placed to confirmed'] = confirmedPerSecond;
facts['orders/s placed to shipped'] = await waitForAll(['pending', 'confirmed']);

// The whole journey, each by somebody with a fresh cart.
const travellers = await newShoppers(SECONDS * 400);
const cpuBefore = { shop: cpuMsOf(shop.pid), database: postgresCpuMs() };
process.kill(shop.pid, 'SIGUSR2');
let requests = 0;
const journeys = await measure(
  'journey to confirmed',
  { workers: JOURNEYS_AT_ONCE, seconds: SECONDS * 2 },
  async (turn) => {
    const shopper = travellers[turn];
    if (!shopper) throw new Error('more journeys than shoppers: the bench needs more of them');
    await add(shopper, turn);
    const quote = await quoteFor(shopper);
    const orderId = await place(shopper, quote);
    await confirmed(shopper, orderId);
    requests += 4;
  },
);
results.push(journeys);
facts['shop CPU ms per order'] = (cpuMsOf(shop.pid) - cpuBefore.shop) / journeys.count;
facts['database CPU ms per order'] =
  pg === undefined ? 'in the shop’s' : (postgresCpuMs() - cpuBefore.database) / journeys.count;
facts['requests per journey'] = requests / journeys.count;
facts['shop memory MiB'] = residentMib(shop.pid);
facts['floor: inserts/s'] = floorPerSecond;
for (const { name, perSecond } of results.filter(({ name }) => name.startsWith('product')))
  ratios[`${name} ÷ bare Express`] = perSecond / floor.perSecond;
ratios['confirmed orders ÷ inserts'] = confirmedPerSecond / floorPerSecond;
ratios['journeys ÷ inserts'] = journeys.perSecond / floorPerSecond;

await shop.stop();
await own?.stop();
rmSync(folder, { recursive: true, force: true });

const round = (value: number): number => Number(value.toPrecision(3));
console.table(results.map(({ name, count, perSecond, p50Ms, p95Ms, p99Ms }) => ({ what: name, count, 'per s': round(perSecond), 'p50 ms': round(p50Ms), 'p95 ms': round(p95Ms), 'p99 ms': round(p99Ms) }))); // prettier-ignore
const rounded = (record: Record<string, number | string>) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value])); // prettier-ignore
console.table(rounded(facts));
console.table(rounded(ratios));
mkdirSync(join(args.out, '..'), { recursive: true });
writeFileSync(args.out, JSON.stringify({ results, facts, ratios }, null, 2));
console.log(`written to ${args.out}`);
process.exit(0);
