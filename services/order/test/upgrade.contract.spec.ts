import { expect } from 'vitest';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { postgresOrderQueries } from '../adapters/postgres/order-queries.postgres.ts';
import { postgresInvoiceQueries } from '../adapters/postgres/invoices.postgres.ts';
import { postgresReturnQueries } from '../adapters/postgres/returns.postgres.ts';
import { postgresOrderTx } from '../adapters/postgres/order-tx.postgres.ts';
import { periodUntil } from '../core/domain/figures.ts';
import type { OrderFilter, OrderSort } from '../core/domain/listing.ts';
import { lateOrderNumber } from '../core/domain/order-number.ts';
import { returnableLines } from '../core/domain/returnable.ts';
import { mentionedIn, withNote } from '../core/domain/staff-file.ts';
import { order as module } from '../main/module.ts';
import {
  aLine,
  AUTHORIZED,
  CAPTURED,
  DISPATCHED,
  historyOf,
  moved,
  orderOf,
  placed,
  RESERVED,
} from './order.mother.ts';

const idOf = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;
const [SHIPPED, PENDING, OVERWRITTEN, OWED, USER] = [
  idOf('01'),
  idOf('02'),
  idOf('03'),
  idOf('04'),
  idOf('31'),
];

const WHAT = {
  customer: { userId: USER, email: 'sam@example.com', name: 'Sam Shopper' },
  cartId: USER,
  lines: [aLine({ productId: idOf('41'), variantId: idOf('42') })],
};
const LATER = { ...WHAT, cartVersion: 7, placedAt: '2026-03-02T12:00:00.000Z' };

upgradeContract(module, {
  '0001-orders': async (toolbox) => {
    const { store } = toolbox;
    if (store.kind === 'memory') throw new Error('not SQL');
    const queries = postgresOrderQueries(store.database);
    const shipped = orderOf(historyOf(placed(WHAT, SHIPPED), RESERVED, AUTHORIZED, CAPTURED, DISPATCHED));
    const pending = orderOf([placed(LATER, PENDING)]);
    expect(await queries.find(SHIPPED)).toEqual({ state: shipped, version: 6 });
    expect(await queries.page({ userId: USER, limit: 9 })).toMatchObject({
      value: {
        items: [
          { orderId: OWED, cases: [{ kind: 'refund_failed', state: 'open' }] },
          { orderId: OVERWRITTEN },
          { orderId: PENDING, cases: [] },
          { orderId: SHIPPED, parcels: [{ attempt: 1, whereabouts: 'under_way' }] },
        ],
      },
    });
    for (const status of ['shipped', 'pending', 'lost', 'delivered'] as const)
      expect(await queries.countUpTo(9, { statuses: [status] })).toBe(1);
    const { database } = store;
    const items = 'select line_no, sku, quantity, price, tax from orders.order_items where order_id = $1';
    // As the previous version does while its instances are replaced.
    await database.query(
      `insert into orders.order_items (order_id, line_no, product_id, variant_id, sku, name, quantity, price, tax)
       values ($1, 1, $1, $1, 'OTHER', 'Other', 1, 1, 1)`,
      [PENDING],
    );
    expect(await database.query(items, [PENDING])).toEqual([
      { line_no: 1, sku: 'KETTLE-1', quantity: 2, price: 1_000, tax: 380 },
    ]);
    expect(
      await database.query(
        'select seq, status, detail, at from orders.order_status_history where order_id = $1',
        [PENDING],
      ),
    ).toEqual([
      { seq: 1, status: 'pending', detail: 'Order placed', at: new Date('2026-03-01T12:00:00.000Z') },
    ]);
    // Its case was overwritten by the next one: the owed money gets its case back.
    expect(await queries.find(OVERWRITTEN)).toMatchObject({
      version: 12,
      state: {
        status: 'shipped',
        cases: [
          { caseId: 'case-1', kind: 'refund_failed', state: 'open', refundKey: 'a', amountMinor: 100 },
          { caseId: 'case-2', kind: 'lost', state: 'resolved', resolution: 'dismiss' },
        ],
      },
    });
    expect(await queries.find(OWED)).toMatchObject({
      state: { refundedMinor: 200, refunds: [{ status: 'failed' }, { refundKey: 'b', status: 'done' }] },
    });
    await sqlUnitOfWork(toolbox, store, postgresOrderTx()).run(async ({ orders }) => {
      const histories = await orders.find([SHIPPED, PENDING]);
      expect(histories.get(SHIPPED)).toEqual({ state: shipped, version: 6 });
      expect(histories.get(PENDING)).toEqual({ state: pending, version: 1 });
      expect(await orders.ofCart(USER, 7)).toBe(PENDING);
    });
  },
  '0002-views': async (toolbox) => {
    const { store } = toolbox;
    if (store.kind === 'memory') throw new Error('not SQL');
    const queries = postgresOrderQueries(store.database);
    const shown = orderOf(
      historyOf(placed(WHAT, SHIPPED), RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('lost')),
    );
    const number = lateOrderNumber(SHIPPED);
    expect(await queries.find(SHIPPED)).toMatchObject({ state: { number, status: 'lost' } });

    // Lists have it once a sweep has been through.
    const listed = async (filter: OrderFilter, sort: OrderSort = 'newest') =>
      queries.search({ filters: [filter], sort, limit: 9 });
    expect(await listed({ q: number })).toMatchObject({ value: { items: [] } });
    const unitOfWork = sqlUnitOfWork(toolbox, store, postgresOrderTx());
    const relist = () => unitOfWork.run(({ orders }) => orders.relist(9));
    expect([await relist(), await relist()]).toEqual([1, 0]);
    for (const name of [SHIPPED, number])
      expect(await queries.ofCustomer(name, 'sam@example.com')).toEqual(shown);
    for (const filter of [
      { q: number },
      { q: 'sam' },
      { q: 'jd014' },
      { openCase: 'lost' },
      { country: 'DE' },
    ] as const)
      expect(await listed(filter, 'total')).toEqual({ ok: true, value: { items: [shown], next: undefined } });

    // An instance of the previous version, still running, changes it.
    await store.database.query(
      `update orders.orders set version = version + 1, document = document - 'number' where order_id = $1`,
      [SHIPPED],
    );
    expect([await relist(), await relist()]).toEqual([1, 0]);
    // Another one adds an order of a user.
    const columns =
      'version, user_id, cart_id, status, currency, total_amount, document, created_at, updated_at';
    await store.database.query(
      `insert into orders.orders (order_id, cart_version, ${columns})
       select $2, 4, ${columns} from orders.orders where order_id = $1`,
      [SHIPPED, PENDING],
    );
  },
  '0003-staff-and-guests': async ({ store }) => {
    if (store.kind === 'memory') throw new Error('not SQL');
    const delivered = orderOf(
      historyOf(placed(WHAT, SHIPPED), RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('delivered')),
    );
    // Documents of then say nothing about returns.
    const queries = postgresOrderQueries(store.database);
    expect(await queries.find(SHIPPED)).toEqual({ state: delivered, version: 7 });
    expect(returnableLines(delivered)).toMatchObject([{ quantity: 2 }]);
    expect(await postgresReturnQueries(store.database).ofOrder(SHIPPED)).toEqual([]);
  },
  '0004-returns': async ({ store }) => {
    if (store.kind === 'memory') throw new Error('not SQL');
    // Staff have sent other goods then, of which no order was made.
    const [exchanged] = await postgresReturnQueries(store.database).ofOrder(SHIPPED);
    expect(exchanged).toMatchObject({ state: 'exchanged', lines: [{ received: 1 }] });
    expect(exchanged?.exchange).toBeUndefined();
    expect(await postgresInvoiceQueries(store.database).creditNotesOf(SHIPPED)).toEqual([]);
  },
  '0005-credit-notes': async (toolbox) => {
    const { store } = toolbox;
    if (store.kind === 'memory') throw new Error('not SQL');
    expect(await postgresInvoiceQueries(store.database).creditNotesOf(SHIPPED)).toMatchObject([
      { serial: 1, amountMinor: 1_000 },
    ]);
    // A note of then mentions nobody, and stays when one is added that does.
    const anna = idOf('61');
    const mentioning = async (): Promise<readonly object[]> =>
      store.database.query(`select version from orders.staff_files where mentions @> $1::jsonb`, [
        JSON.stringify([anna]),
      ]);
    expect(await mentioning()).toEqual([]);
    await sqlUnitOfWork(toolbox, store, postgresOrderTx()).run(async ({ files }) => {
      const file = await files.find(SHIPPED);
      if (!file) throw new Error('the file is in the fixture');
      expect(mentionedIn(file)).toEqual([]);
      const note = { noteId: idOf('72'), text: '@Anna', author: { userId: USER, name: 'Sam' }, at: '2026-03-03T12:00:00.000Z' }; // prettier-ignore
      const changed = withNote(file, { ...note, mentions: [anna] });
      if (changed.ok) await files.save(changed.value);
    });
    expect(await mentioning()).toEqual([{ version: 3 }]);
  },
  '0006-mentions': async ({ store }) => {
    if (store.kind === 'memory') throw new Error('not SQL');
    const period = periodUntil('2026-03-01', 1, 'Europe/Berlin');
    expect(await postgresOrderQueries(store.database).figures(period)).toMatchObject([
      { currency: 'EUR', orders: 1, grossMinor: 3_475 },
    ]);
  },
});
