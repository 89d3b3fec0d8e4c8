import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPg } from '#adapters/postgres/pg-database.ts';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { startShop, type ShopProcess } from '#test/demo/shop-process.ts';
import { copyPgliteTemplate } from '#adapters/postgres/pglite-template.ts';
import { until } from '#test/kit/conditions.ts';
import { PATIENT, QUICK } from '#test/kit/settings.ts';
import { ADDRESS, CARDS, Shopper, type Variant } from '#test/kit/shopper.ts';

/** A shop that lives for seconds is not worth optimising PGlite for, nor the collection of garbage that saves `npm start` memory. */
const FLAGS = ['--liftoff-only'];
const ENTRY = new URL('crashing-shop.ts', import.meta.url);
const databaseUrl = process.env['CRASH_DATABASE_URL'] ?? '';
const isOnPostgres = databaseUrl !== '';
/** It is killed at each step, or at every n-th with `CRASH_STRIDE`. */
const STRIDE = Number(process.env['CRASH_STRIDE'] ?? 1);
/** An order takes more steps than that. */
const STEPS = 30;
/** The commit, its delivery, the entry, and the end of its event. */
const STEPS_OF_AN_ACT = 6;
/** After this long without a step, the order's history is printed. */
const QUIET_MS = 1_500;

interface Wish {
  readonly key: string;
  readonly body: object;
}

describe(`a shop on ${isOnPostgres ? 'PostgreSQL' : 'PGlite'} that is killed after each step of an order`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-crash-'));
  const email = 'crash@example.com';
  const password = 'a-password-that-survives';
  let variant: Variant;
  let stockBefore: number;

  const open = (crashAt: number): Promise<ShopProcess> =>
    startShop({
      port: 0,
      dataDir,
      entry: ENTRY,
      flags: FLAGS,
      env: {
        CRASH_AT: String(crashAt),
        ...(isOnPostgres ? { DATABASE_URL: databaseUrl } : {}),
        ...QUICK,
        ...PATIENT,
        LOG_LEVEL: 'warn',
      },
    });

  const shopperAt = async (shop: ShopProcess): Promise<Shopper> => {
    const shopper = new Shopper(shop.url, shop.tokensUrl);
    await shopper.logIn(email, password);
    return shopper;
  };

  const openDatabase = (): SqlDatabase | Promise<SqlDatabase> =>
    isOnPostgres
      ? openPg({ url: databaseUrl, poolSize: 2, statementTimeoutMs: 10_000, onError: () => undefined })
      : openPglite(join(dataDir, 'db'));

  const wishFor = async (shopper: Shopper, number: number): Promise<Wish> => {
    await shopper.addToCart(variant);
    const quote = await shopper.quote();
    const body = {
      cart_version: quote.cart_version,
      shipping_address: ADDRESS,
      shipping_option_id: quote.option.shipping_option_id,
      payment_token: await shopper.tokenise(CARDS.good),
      expected_total: quote.option.total,
      currency: 'EUR',
      quote_token: quote.quote_token,
    };
    return { key: `crash-order-${number}`, body };
  };

  /** Places the order, or finds it placed; undefined when the shop dies meanwhile. */
  const place = async (shopper: Shopper, { key, body }: Wish): Promise<string | undefined> => {
    try {
      const { body: order } = await shopper.call('POST', '/api/v1/orders', [201], body, {
        'idempotency-key': key,
      });
      return order.order_id as string;
    } catch (error) {
      // The connection broke.
      if (/fetch failed|terminated/.test(String(error))) return undefined;
      throw error;
    }
  };

  beforeAll(async () => {
    if (!isOnPostgres) await copyPgliteTemplate(join(dataDir, 'db'));
    const shop = await open(0);
    const shopper = new Shopper(shop.url, shop.tokensUrl);
    await shopper.register(email, password);
    variant = await shopper.findVariant(30);
    const staff = new Shopper(shop.url, shop.tokensUrl);
    await staff.logIn('stock@example.com', 'demo-stock-1');
    await staff.call('POST', `/api/v1/inventory/variants/${variant.variant_id}/adjustments`, [200, 201], { delta: 500, reason: 'For the crash test' }); // prettier-ignore
    stockBefore = await staff.available(variant);
    await shop.stop();
  });

  afterAll(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('completes every accepted order, with each effect once', async () => {
    const orders: string[] = [];
    let unsure: Wish | undefined;
    let cut = 0;
    for (let crashAt = 1; ; crashAt += STRIDE) {
      const shop = await open(crashAt);
      const shopper = await shopperAt(shop);
      // The order of the last round: a client that heard nothing asks again under the same key.
      if (unsure) orders.push((await place(shopper, unsure)) ?? '');
      for (const orderId of orders.slice(-1)) await shopper.waitForStatus(orderId, 'delivered');
      const wish = await wishFor(shopper, crashAt);
      process.kill(shop.pid, 'SIGUSR2');
      const orderId = await place(shopper, wish);
      unsure = orderId === undefined ? wish : undefined;
      if (orderId !== undefined) orders.push(orderId);
      const isDead = await Promise.race([
        shop.ended.then(() => true),
        toldToItsEnd(shopper, orderId).then(() => false),
      ]);
      if (!isDead) {
        await shop.stop();
        break;
      }
      cut += 1;
    }
    process.stdout.write(
      `figure: killed after ${cut} different steps (${STRIDE === 1 ? 'all' : `1 in ${STRIDE}`}), ${orders.length} orders delivered\n`,
    );
    expect(1 + cut * STRIDE).toBeGreaterThan(STEPS);
    await checkTheBooks(orders);
  }, 1_500_000);

  it.runIf(STRIDE === 1)(
    'keeps each change by staff together with its entry in the audit trail',
    async () => {
      const path = `/api/v1/inventory/variants/${variant.variant_id}/adjustments`;
      const staffAt = async (shop: ShopProcess): Promise<Shopper> => {
        const staff = new Shopper(shop.url, shop.tokensUrl);
        await staff.logIn('admin@example.com', 'demo-admin-1');
        return staff;
      };
      for (let crashAt = 1; crashAt <= STEPS_OF_AN_ACT; crashAt += 1) {
        const shop = await open(crashAt);
        const staff = await staffAt(shop);
        process.kill(shop.pid, 'SIGUSR2');
        const body = { delta: 1, reason: `Killed after step ${crashAt}` };
        await staff.call('POST', path, [201], body).catch(() => undefined); // it dies meanwhile
        await Promise.race([shop.ended, pause(QUIET_MS)]);
        await shop.stop();
      }
      const shop = await open(0);
      const staff = await staffAt(shop);
      const reasonsAt = async (list: string): Promise<readonly unknown[]> => {
        const { body } = await staff.call('GET', `${list}${list.includes('?') ? '&' : '?'}limit=100`, [200]);
        const items = body.items as readonly { readonly reason?: string }[];
        return items.flatMap(({ reason }) => (reason?.startsWith('Killed') === true ? [reason] : [])).sort();
      };
      const made = await reasonsAt(path);
      expect(made.length).toBeGreaterThan(1); // killed earlier, it was not made
      const audited = '/api/v1/audit-entries?operation=adjustStock';
      await until(async () => (await reasonsAt(audited)).length >= made.length);
      expect(await reasonsAt(audited)).toEqual(made);
      await shop.stop();
    },
    300_000,
  );

  /** Resolves when the order is delivered and nothing more happens. */
  const toldToItsEnd = async (shopper: Shopper, orderId: string | undefined): Promise<void> => {
    if (orderId === undefined) return new Promise(() => undefined); // it died while placing
    await shopper.waitForStatus(orderId, 'delivered').catch(() => new Promise(() => undefined));
    await pause(QUIET_MS);
  };

  const checkTheBooks = async (orders: readonly string[]): Promise<void> => {
    const database = await openDatabase();
    const count = async (from: string): Promise<number> =>
      (await database.query<{ n: number }>(`select count(*) as n from ${from}`))[0]?.n ?? -1;
    const number = async (query: string, params: readonly unknown[] = []): Promise<number> =>
      (await database.query<{ n: number }>(query, params))[0]?.n ?? -1;
    try {
      expect(await count('orders.orders')).toBe(orders.length);
      expect(await count("orders.orders where status = 'delivered'")).toBe(orders.length);
      expect(await number('select count(distinct order_id) as n from orders.events where type = $1', ['payment-captured'])).toBe(orders.length); // prettier-ignore
      expect(await number('select count(*) as n from orders.events where type = $1', ['payment-captured'])).toBe(orders.length); // prettier-ignore
      expect(await count("payment.payments where status = 'captured'")).toBe(orders.length);
      expect(await count('shipping.shipments')).toBe(orders.length);
      const stock =
        'select stock_count::int as n from inventory.stock join inventory.variants using (sku) where variant_id = $1';
      expect(await number(stock, [variant.variant_id])).toBe(stockBefore - orders.length);
      expect(await count('inventory.stock where reserved_count <> 0')).toBe(0);
      const unbalanced = `select count(*) as n from (select transaction_id from payment.ledger_entries
        group by transaction_id having sum(debit) <> sum(credit)) as broken`;
      expect(await number(unbalanced)).toBe(0);
      for (const schema of ['catalog', 'inventory', 'users', 'cart', 'orders', 'payment', 'shipping', 'notification'])
        for (const table of ['outbox', 'dead_letters'])
          if (await exists(database, schema, table)) expect(`${schema}.${table} ${await count(`${schema}.${table}`)}`).toBe(`${schema}.${table} 0`); // prettier-ignore
      expect(await count('bus.deliveries')).toBe(0);
      expect(await count('orders.tasks')).toBe(0);
      expect(await count('payment.tasks')).toBe(0);
    } finally {
      await database.close();
    }
  };

  const exists = async (database: SqlDatabase, schema: string, table: string): Promise<boolean> =>
    (
      await database.query('select 1 from pg_tables where schemaname = $1 and tablename = $2', [
        schema,
        table,
      ])
    ).length > 0;
});
