/**
 * `npm run fuzz [-- --minutes N] [--short] [--seed N] [--role NAME]`: sends a shop of its own what its OpenAPI document
 * allows and what it forbids, as a shopper, as staff and as nobody, N minutes each (3). Nothing may fail. Before that, odd
 * numbers, dates and cursors, the same each time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Spec } from '#adapters/http/spec.ts';
import { dataOf } from '#client/index.ts';
import { startShop } from '#test/demo/shop-process.ts';
import { CARDS, Shopper } from '#test/kit/shopper.ts';
import { fuzzSettings, type Known } from './lib/fuzz-settings.ts';
import { oddFaults } from './lib/odd-answers.ts';
import { oddRequests } from './lib/odd-values.ts';
import { installSchemathesis, runSchemathesis } from './lib/schemathesis.ts';
import { close, type Tally } from './lib/steps.ts';

const FOLDER = new URL('../.cache/fuzz/', import.meta.url);
const SHORT_SECONDS = 9;
/** Shown of the odd values that were not answered as they should be. */
const MOST_FAULTS = 20;

/** No limit of rates in the way, answers checked, tokens that outlive the run. */
const ENV = {
  ...Object.fromEntries(
    ['READ', 'WRITE', 'CHECKOUT', 'AUTH', 'IMPORT'].map((name) => [`GATEWAY_RATE_${name}`, '1000000000']),
  ),
  GATEWAY_KEYED_PER_DAY: '1000000000',
  SHOP_VALIDATE_RESPONSES: 'true',
  SHIPPING_DISPATCH_DELAY_MS: '0',
  SHIPPING_MOCK_SPEED: '5000000',
  USER_ARGON2_MEMORY_KIB: '1024',
  USER_ACCESS_TOKEN_S: '86400',
};

const ROLES: Readonly<Record<string, readonly [email: string, password: string] | undefined>> = {
  shopper: ['shopper@example.com', 'demo-shopper-1'],
  staff: ['admin@example.com', 'demo-admin-1'],
  anonymous: undefined,
};

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    short: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    role: { type: 'string' },
  },
});
const seed = Number(values.seed);
const seconds = values.short ? SHORT_SECONDS : Math.round(Number(values.minutes) * 60);

/** What a caller in this role knows of a shop, with its token. */
const enter = async (role: string, url: string, tokensUrl: string) => {
  const person = new Shopper(url, tokensUrl);
  const account = ROLES[role];
  if (account) await person.logIn(...account);
  const known: Known = await knownTo(person);
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Spec;
  return { known, document, token: (await person.shop.tokens.load())?.accessToken };
};

const fuzzAs = async (role: string, url: string, tokensUrl: string): Promise<Tally> => {
  const { known, document, token } = await enter(role, url, tokensUrl);
  const config = new URL(`${role}.toml`, FOLDER).pathname;
  writeFileSync(config, fuzzSettings(document, known));
  const started = performance.now();
  const { ok, output } = await runSchemathesis({ url, config, seed, seconds, token });
  const took = ((performance.now() - started) / 1_000).toFixed(0);
  const cases = /(\d+) generated/.exec(output)?.[1] ?? 'no';
  console.log(`${ok ? '✓' : '✗'} fuzzed as ${role}: ${cases} requests, seed ${seed} (${took} s)`);
  writeFileSync(new URL(`${role}.log`, FOLDER), output);
  if (!ok) console.log(output);
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

/** Odd numbers, dates and cursors. */
const tryOddAs = async (role: string, url: string, tokensUrl: string): Promise<Tally> => {
  const { known, document, token } = await enter(role, url, tokensUrl);
  const requests = oddRequests(document, known);
  const started = performance.now();
  const faults = await oddFaults(url, requests, token);
  const took = ((performance.now() - started) / 1_000).toFixed(0);
  console.log(
    `${faults.length === 0 ? '✓' : '✗'} odd values as ${role}: ${requests.length} requests (${took} s)`,
  );
  for (const fault of faults.slice(0, MOST_FAULTS)) console.log(`  ${fault}`);
  return faults.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

/** Things that exist, so that not every request ends at a 404. A person without an account knows what is for sale. */
const knownTo = async (person: Shopper): Promise<Known> => {
  const variant = await person.findVariant(20);
  const goods = { product_id: [variant.product_id], variant_id: [variant.variant_id], 'If-Match': ['"1"'] };
  if (person.userId === '') return goods;
  await person.addToCart(variant);
  const { order_id } = await person.order(CARDS.good);
  await person.waitForStatus(order_id, 'delivered');
  const query = { order_id };
  const payments = await dataOf(person.shop.GET('/api/v1/payments', { params: { query } }));
  const cart = await person.addToCart(variant);
  return {
    ...goods,
    user_id: [person.userId],
    order_id: [order_id],
    payment_id: payments.items.map(({ payment_id }) => payment_id),
    item_id: cart.items.map(({ item_id }) => item_id),
  };
};

/** Tries something in a shop of its own, in each role. */
const inShop = async (profile: string, tryAs: typeof fuzzAs): Promise<readonly Tally[]> => {
  const shop = await startShop({ port: 0, args: ['--profile', profile], env: ENV });
  const tallies: Tally[] = [];
  try {
    for (const role of values.role === undefined ? Object.keys(ROLES) : [values.role])
      tallies.push(await tryAs(role, shop.url, shop.tokensUrl));
  } finally {
    await shop.stop();
  }
  return tallies;
};

try {
  installSchemathesis();
  mkdirSync(FOLDER, { recursive: true });
  const tallies = [
    // In PostgreSQL, which takes fewer dates and numbers than memory does.
    ...(await inShop('embedded', tryOddAs)),
    ...(await inShop('memory', fuzzAs)),
  ];
  close(tallies);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
