/**
 * `npm run chaos [-- --orders N] [--seed S] [--without-inbox]`: orders at the shop as one process per service, on real
 * engines, while processes and engines are killed, connections broken, events repeated and spoiled. Then the books must
 * be right.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seededRandom } from '#payment/adapters/mock-gateway/seeded-random.ts';
import { Shopper, type Variant } from '#test/kit/shopper.ts';
import { openBooks, readTroubles } from './audit.ts';
import { buyEverything } from './buyers.ts';
import { startEcho } from './echo.ts';
import { startFaults } from './faults.ts';
import { lookUntil, persistent } from '#test/kit/conditions.ts';
import { openPostOffice } from './post-office.ts';
import { openTestFleet, type TestFleet } from '#test/kit/fleet.ts';
import { ShakyProxy } from '#test/kit/shaky-proxy.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000' },
    buyers: { type: 'string', default: '16' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'without-inbox': { type: 'boolean', default: false },
  },
});
const orders = Number(values.orders);
const seed = Number(values.seed);
/** Share of the mails. */
const TWICE_AT_MOST = 0.2;
/** How long after the last fault an order may need. */
const PATIENCE_MS = 120_000;
const SCARCE = 10;
const PRODUCTS = 7;
const SAMPLE = new URL('../../samples/catalogue.jsonl', import.meta.url);
const LOOK_AGAIN_MS = 250;
const MUTANT = new URL('without-inbox.ts', import.meta.url).href;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const since = (start: number): string => `${((performance.now() - start) / 1_000).toFixed(1)} s`;

const run = async (): Promise<readonly string[]> => {
  const openedAt = performance.now();
  const postOffice = await openPostOffice();
  const proxy = new ShakyProxy();
  const env = {
    NOTIFICATION_SMTP_URL: postOffice.url,
    SHOP_SAMPLE: 'false',
    ...(values['without-inbox']
      ? { NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${MUTANT}` }
      : {}),
  };
  const rig = await openTestFleet(env, { via: proxy.via });
  const books = openBooks(rig);
  try {
    say(`the shop is running after ${since(openedAt)}; log: ${rig.logFile}`);
    const { url, tokensUrl } = rig.fleet;
    const variants = await assort(rig);
    const stockBefore = await books.stock();
    const echo = await startEcho(rig, (type) => !UNHEARD.has(type) && random() < 0.01);
    let accepted = 0;
    const faults = startFaults(rig, proxy, random, () => accepted / orders);

    const startedAt = performance.now();
    const purchases = await buyEverything({
      url, tokensUrl, orders, buyers: Number(values.buyers), variants, random,
      onOrder: async (count) => {
        accepted = count;
        if (count % Math.ceil(orders / 10) === 0) say(`  ${count} orders accepted after ${since(startedAt)}`);
        await faults.keptUp();
      },
    }); // prettier-ignore
    await faults.stop();
    say(
      `${purchases.length} orders accepted in ${since(startedAt)} under ${[...faults.count].map(([what, n]) => `${n} × ${what}`).join(', ')}`,
    );

    const quietAt = performance.now();
    const isFinal = async (): Promise<boolean> =>
      [...(await books.statuses()).keys()].every((status) =>
        ['delivered', 'cancelled', 'refunded'].includes(status),
      );
    const pace = { everyMs: LOOK_AGAIN_MS, patienceMs: PATIENCE_MS };
    const areAllFinal = await lookUntil(() => persistent(isFinal), Boolean, pace);
    say(`${areAllFinal ? 'all' : 'not all'} orders in a final state ${since(quietAt)} after the last fault`);
    await settled(rig); // the last one killed may be on its way up
    await echo.stop();
    await settled(rig); // including the duplicates
    say(`every event was sent twice (${echo.repeated()}), and ${echo.poison.size} poison messages`);

    const findings = await books.findings(purchases, stockBefore);
    const dead = (await readTroubles(rig)).flatMap(({ dead }) => dead);
    const parked = new Set(dead.map(({ event_id }) => event_id));
    const loose = [...echo.poison].filter(([id]) => !parked.has(id));
    if (loose.length > 0)
      findings.push(`poison that was not parked: ${loose.length}, e.g. ${loose[0]?.join(' ')}`);
    const innocent = dead.filter(({ event_id }) => !echo.poison.has(event_id));
    if (innocent.length > 0)
      findings.push(
        `parked without a fault of their own: ${innocent.length}, e.g. ${innocent[0]?.consumer}: ${innocent[0]?.error}`,
      );
    const letters = await books.letters();
    const { mails } = postOffice;
    const unsent = [...letters].filter((id) => ![...mails.keys()].some((mail) => mail.includes(id)));
    if (unsent.length > 0) findings.push(`letters that were not sent: ${unsent.length}`);
    // A process that dies between sending and noting it sends again: a few, not all.
    const twice = [...mails.values()].filter((times) => times > 1).length;
    if (twice > mails.size * TWICE_AT_MOST)
      findings.push(`mails sent more than once: ${twice} of ${mails.size}`);
    say(`${mails.size} mails, ${twice} of them sent twice after a crash`);
    const statuses = [...(await books.statuses())].map(([status, n]) => `${n} ${status}`).join(', ');
    say(
      `figure: ${purchases.length} orders under faults (${statuses}), ${parked.size} poison messages parked, ${twice} of ${mails.size} mails sent again`,
    );
    return findings;
  } catch (error) {
    say(
      readFileSync(rig.logFile, 'utf8')
        .split('\n')
        .filter((line) => !line.startsWith('gateway'))
        .slice(-60)
        .join('\n'),
    );
    throw error;
  } finally {
    await books.close();
    await rig.stop();
    proxy.close();
    await postOffice.close();
  }
};

/** Until no event is on its way; throws when one does not arrive. */
const settled = (rig: TestFleet): Promise<void> => {
  const late = pause(PATIENCE_MS, undefined, { ref: false }).then(() => {
    throw new Error(`events are still in flight after ${PATIENCE_MS / 1_000} s`);
  });
  return Promise.race([persistent(() => rig.fleet.operations.settled()), late]);
};

/** What is bought: first one that will be sold out, then some of which there is plenty. */
const assort = async ({ fleet: { url, tokensUrl, operations } }: TestFleet): Promise<readonly Variant[]> => {
  const admin = new Shopper(url, tokensUrl);
  await admin.logIn('admin@example.com', 'demo-admin-1');
  const products = readFileSync(SAMPLE, 'utf8').split('\n').slice(0, PRODUCTS).join('\n');
  const type = { 'content-type': 'application/x-ndjson' };
  await admin.call('POST', '/api/v1/products/imports', [200], products, type);
  await operations.settled();
  const manager = new Shopper(url, tokensUrl);
  await manager.logIn('stock@example.com', 'demo-stock-1');
  const variants = await Promise.all(
    Array.from({ length: PRODUCTS }, (_, skip) => manager.findVariant(1, skip)),
  );
  for (const [index, variant] of variants.entries())
    await manager.stockUp(variant, index === 0 ? SCARCE : orders);
  return variants;
};

/** Events that no service consumes. */
const UNHEARD = new Set<string>(['cart.item_added', 'inventory.low_stock', 'order.case_opened', 'order.shipped', 'payment.voided', 'user.profile.updated']); // prettier-ignore

const random = seededRandom(seed);
say(`chaos, seed ${seed}: ${orders} orders`);
const findings = await run();
for (const finding of findings) say(`✗ ${finding}`);
const isRight = findings.length === 0;
say(isRight ? '✓ the books are right' : `${findings.length} findings (seed ${seed})`);
if (values['without-inbox'])
  say(
    isRight
      ? '✗ the audit missed that the inboxes are gone'
      : '✓ the audit noticed that the inboxes are gone',
  );
process.exit(isRight === values['without-inbox'] ? 1 : 0);
