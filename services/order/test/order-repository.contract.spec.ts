import { beforeEach, describe, expect, it } from 'vitest';
import { memoryUnitOfWork, recentOf, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { after, SECOND } from '#kernel/clock.ts';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { allPages, ASCENDING, DESCENDING, expectTiesInOrder, forgetIndexes, TIED } from '#test/kit/pages.ts';
import { openToolbox, STORES } from '#test/kit/toolbox.ts';
import { memoryOrderArchive } from '../adapters/memory/order-archive.memory.ts';
import { memoryOrderQueries } from '../adapters/memory/orders.memory.ts';
import { memoryOrderTx } from '../adapters/memory/order-tx.memory.ts';
import { postgresOrderArchive } from '../adapters/postgres/order-archive.postgres.ts';
import { postgresOrderQueries } from '../adapters/postgres/order-queries.postgres.ts';
import { postgresOrderTx } from '../adapters/postgres/order-tx.postgres.ts';
import { makeForgetOld, makePersonalData } from '../core/application/personal-data.ts';
import { makeReturnWords } from '../core/application/return-words.ts';
import type { OrderCommand } from '../core/domain/commands.ts';
import { decide } from '../core/domain/decide.ts';
import type { OrderEvent } from '../core/domain/events.ts';
import { figuresOf, periodUntil } from '../core/domain/figures.ts';
import type { OrderFilter, OrderSort } from '../core/domain/listing.ts';
import { newOrderNumber } from '../core/domain/order-number.ts';
import type { Placed } from '../core/domain/order.ts';
import type { OrderQueries } from '../core/ports/order-queries.ts';
import type { OrderTx, VersionedOrder } from '../core/ports/order-tx.ts';
import { order as module } from '../main/module.ts';
import { aLine, AT, AUTHORIZED, CAPTURED, DISPATCHED, moved, NOW, placed, RESERVED } from './order.mother.ts';
import { ADDRESS } from './order.rig.ts';
import { record, RUN_RETURNS } from './recording.ts';

const USER = '01900000-0000-7000-8000-0000000000c1';

/** An order that was never placed. */
const NO_ORDER = '01900000-0000-7000-8000-0000000000ff';

describe.each(STORES)('orders in %s', (store) => {
  const toolbox = forEachTest(() => openToolbox(store, module));
  let unitOfWork: UnitOfWork<OrderTx>;
  let queries: OrderQueries;
  let changed: string[];

  beforeEach(() => {
    changed = [];
    const onChange = (orders: readonly VersionedOrder[]): void => {
      changed.push(...orders.map(({ state }) => state.orderId));
    };
    if (toolbox.store.kind === 'memory') {
      unitOfWork = memoryUnitOfWork(toolbox, toolbox.store.database, memoryOrderTx(onChange));
      queries = memoryOrderQueries(toolbox.store.database);
    } else {
      unitOfWork = sqlUnitOfWork(toolbox, toolbox.store, postgresOrderTx(onChange));
      queries = postgresOrderQueries(toolbox.store.database);
    }
  });

  /** Places an order and returns its id. */
  const place = async (changes: Partial<Placed> = {}, ...id: readonly string[]): Promise<string> => {
    const event = placed(changes, ...id);
    if (event.type !== 'placed') throw new Error('not placed');
    await unitOfWork.run((tx) => record(tx, undefined, [event]));
    return event.orderId;
  };

  it('replays an order from its history', async () => {
    const orderId = await place();
    const found = await unitOfWork.run((tx) => tx.orders.find([orderId]));
    expect(found.get(orderId)).toMatchObject({
      version: 1,
      state: { orderId, status: 'pending', totalMinor: 2_975 },
    });
  });

  it('replays an order at a version, whatever has happened since', async () => {
    const orderId = await place();
    const first = (await unitOfWork.run((tx) => tx.orders.find([orderId]))).get(orderId);
    const at = (version: number) => unitOfWork.run((tx) => tx.orders.at(orderId, version));
    const second = await unitOfWork.run((tx) => record(tx, first, [{ type: 'stock-reserved', at: AT }]));
    await unitOfWork.run((tx) => record(tx, second, [{ type: 'cancelled', reason: 'x', at: AT }]));
    expect(await at(1)).toEqual(first);
    expect(await at(2)).toEqual(second);
    expect(await at(3)).toMatchObject({ version: 3, state: { status: 'cancelled' } });
    expect(await at(4)).toBeUndefined();
    expect(await unitOfWork.run((tx) => tx.orders.at(NO_ORDER, 1))).toBeUndefined();
  });

  it('returns the same from the projection as from the history', async () => {
    const orderId = await place();
    const told = (await unitOfWork.run((tx) => tx.orders.find([orderId]))).get(orderId);
    const read = await queries.find(orderId);
    expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(told)));
  });

  it('reads in a unit what the unit has saved before', async () => {
    const orderId = await place();
    await unitOfWork.run(async (tx) => {
      const before = (await tx.orders.find([orderId])).get(orderId);
      await record(tx, before, [{ type: 'stock-reserved', at: AT }]);
      const again = (await tx.orders.find([orderId])).get(orderId);
      expect(again?.state.isReserved).toBe(true);
      await record(tx, again, [{ type: 'cancelled', reason: 'x', at: AT }]);
    });
    expect(await queries.find(orderId)).toMatchObject({ version: 3, state: { status: 'cancelled' } });
  });

  it('refuses to append to a history that has moved on', async () => {
    const orderId = await place();
    const before = (await unitOfWork.run((tx) => tx.orders.find([orderId]))).get(orderId);
    const cancel = () =>
      unitOfWork.run((tx) => record(tx, before, [{ type: 'cancelled', reason: 'x', at: AT }]));
    await cancel();
    await expect(cancel()).rejects.toThrow(VersionConflict);
    expect(await queries.find(orderId)).toMatchObject({ version: 2 });
  });

  it('makes one order per version of a cart', async () => {
    const orderId = await place({ cartId: '01900000-0000-7000-8000-000000000001', cartVersion: 4 });
    await expect(place({ cartId: '01900000-0000-7000-8000-000000000001', cartVersion: 4 })).rejects.toThrow(
      VersionConflict,
    );
    const found = await unitOfWork.run((tx) => tx.orders.ofCart('01900000-0000-7000-8000-000000000001', 4));
    expect(found).toBe(orderId);
    expect(
      await unitOfWork.run((tx) => tx.orders.ofCart('01900000-0000-7000-8000-000000000001', 5)),
    ).toBeUndefined();
  });

  it('commits the order with its event and its timer', async () => {
    const orderId = await place();
    const announced = await toolbox.announced();
    expect(announced.map(({ event_type, key }) => [event_type, key])).toEqual([['order.placed', orderId]]);
    expect(await toolbox.stores.tasks.nextDue('order.timer')).toEqual(new Date('2026-03-01T12:15:00Z'));
  });

  it('accepts the longest name of an account', async () => {
    const name = `${'a'.repeat(100)} ${'b'.repeat(100)}`;
    const customer = { userId: '01900000-0000-7000-8000-00000000000c', email: 'c@example.com', name };
    await place({ customer });
    expect((await toolbox.announced()).map(({ payload }) => payload)).toMatchObject([{ customer: { name } }]);
  });

  it('notifies watchers after the commit, and not before', async () => {
    const failed = unitOfWork.run(async (tx) => {
      await record(tx, undefined, [placed()]);
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    expect(changed).toEqual([]);
    const orderId = await place();
    expect(changed).toEqual([orderId]);
  });

  it('lists the orders of a user, newest first, page by page', async () => {
    const customer = { userId: '01900000-0000-7000-8000-00000000000c', email: 'c@example.com', name: 'C' };
    const at = (seconds: number): string => after(NOW, seconds * SECOND).toISOString();
    const ids = [
      await place({ customer, placedAt: at(1) }),
      await place({ customer, placedAt: at(2) }),
      await place({ customer, placedAt: at(2) }),
    ];
    await place();
    const first = await queries.page({ userId: customer.userId, limit: 2 });
    if (!first.ok) throw new Error(first.error.code);
    const second = await queries.page({ userId: customer.userId, limit: 2, cursor: first.value.next });
    if (!second.ok) throw new Error(second.error.code);
    const seen = [...first.value.items, ...second.value.items].map(({ orderId }) => orderId);
    expect(seen).toHaveLength(3);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen.at(-1)).toBe(ids[0]);
    expect(second.value.next).toBeUndefined();
    expect(await queries.page({ limit: 2, cursor: 'nonsense' })).toMatchObject({
      error: { code: 'INVALID_CURSOR' },
    });
  });

  it('lists orders of the same time once each', async () => {
    await forgetIndexes(store, toolbox.store);
    for (const orderId of TIED) await place({}, orderId);
    await expectTiesInOrder(queries.page, ({ orderId }) => orderId, DESCENDING);
    await expectTiesInOrder(
      (wish) => queries.page({ ...wish, status: 'pending' }),
      ({ orderId }) => orderId,
      DESCENDING,
    );
  });

  it('adds up what was sold and refunded by day and currency', async () => {
    const at = (moment: string): OrderEvent => ({ ...placed({ placedAt: moment }), at: moment });
    const refund = (moment: string, reason: string): OrderEvent => ({
      type: 'refunded',
      at: moment,
      amountMinor: 500,
      totalMinor: 500,
      reason,
    });
    const tell = (...events: readonly OrderEvent[]): Promise<unknown> =>
      unitOfWork.run((tx) => record(tx, undefined, events));
    await tell(at('2026-02-28T22:59:59.999Z'), refund('2026-03-01T10:00:00.000Z', 'A scratch'));
    await tell(at('2026-02-28T23:00:00.000Z'));
    await tell(at('2026-03-02T22:59:59.999Z'));
    await tell(at('2026-03-02T23:00:00.000Z'));
    await tell(
      at('2026-03-01T12:00:00.000Z'),
      { type: 'cancelled', at: '2026-03-01T12:00:01.000Z', reason: 'customer' },
      refund('2026-03-01T12:00:02.000Z', 'cancelled'),
    );
    const yen = placed({ placedAt: '2026-03-02T12:00:00.000Z', currency: 'JPY', totalMinor: 900 });
    await tell({ ...yen, at: '2026-03-02T12:00:00.000Z' });
    const exchangeId = systemIds.next();
    const exchangeFor = { orderId: NO_ORDER, returnId: NO_ORDER };
    const exchange = placed(
      { placedAt: '2026-03-02T12:00:00.000Z', cartId: exchangeId, exchangeFor, totalMinor: 300 },
      exchangeId,
    );
    await tell({ ...exchange, at: '2026-03-02T12:00:00.000Z' });
    const period = periodUntil('2026-03-02', 2, 'Europe/Berlin');
    const sums = { orders: 1, grossMinor: 2_975, refundedMinor: 0 };
    const none = { orders: 0, grossMinor: 0, refundedMinor: 0 };
    expect(figuresOf(period, await queries.figures(period))).toMatchObject([
      {
        currency: 'EUR',
        days: [
          { ...sums, refundedMinor: 500 },
          { ...sums, grossMinor: 3_275 },
        ],
      },
      { currency: 'JPY', days: [none, { ...sums, grossMinor: 900 }] },
    ]);
  });

  it('keeps the history of an order', async () => {
    const orderId = await place();
    expect(await queries.history(orderId)).toMatchObject([{ type: 'placed', orderId }]);
    expect(await queries.history(NO_ORDER)).toEqual([]);
  });

  it('lists and counts by status', async () => {
    const orderId = await place();
    await place();
    await unitOfWork.run(async (tx) => {
      const before = (await tx.orders.find([orderId])).get(orderId);
      await record(tx, before, [{ type: 'cancelled', reason: 'x', at: AT }]);
    });
    const page = await queries.page({ status: 'cancelled', limit: 9 });
    expect(page.ok && page.value.items.map((found) => found.orderId)).toEqual([orderId]);
    for (const status of ['pending', 'cancelled'] as const)
      expect(await queries.countUpTo(9, { statuses: [status] })).toBe(1);
    expect(await queries.countUpTo(1, { statuses: ['pending', 'cancelled'] })).toBe(1);
  });

  it('tells since when the oldest order with a status has been there', async () => {
    await place({ placedAt: '2026-03-02T12:00:00.000Z' });
    await place({ placedAt: '2026-03-01T12:00:00.000Z' });
    expect(await queries.oldest('pending')).toEqual(new Date('2026-03-01T12:00:00.000Z'));
    expect(await queries.oldest('confirmed')).toBeUndefined();
  });

  it('reports the orders of a user as kept for bookkeeping, and deletes those that have ended after ten years', async () => {
    const customer = { userId: '01900000-0000-7000-8000-00000000000d', email: 'd@example.com', name: 'D' };
    const [open, ended] = [await place({ customer }), await place({ customer })];
    await unitOfWork.run(async (tx) => {
      const before = (await tx.orders.find([ended])).get(ended);
      await record(tx, before, [{ type: 'cancelled', reason: 'x', at: AT }]);
    });
    const data = makePersonalData(queries, unitOfWork, makeReturnWords(unitOfWork, RUN_RETURNS));
    const { items } = await data.read(customer, undefined);
    expect(items.map((item) => item.data['orderId']).sort()).toEqual([open, ended].sort());
    expect(items[0]?.data).not.toHaveProperty('paymentToken');
    const { kept } = await data.erase(customer);
    expect(kept.toSorted((a, b) => (a.reason < b.reason ? -1 : 1))).toMatchObject([
      { kind: 'orders', count: 1, reason: 'bookkeeping' },
      { kind: 'orders', count: 1, reason: 'open_order' },
    ]);
    const archive =
      toolbox.store.kind === 'memory'
        ? memoryOrderArchive(toolbox.store.database)
        : postgresOrderArchive(toolbox.store.database, recentOf(toolbox, toolbox.store));
    const forget = makeForgetOld(archive, toolbox.clock);
    toolbox.clock.advance(new Date(kept[0]?.until ?? '').getTime() - toolbox.clock.now().getTime());
    await forget();
    expect(await queries.find(ended)).toBeDefined();
    toolbox.clock.advance(1);
    await forget();
    expect([await queries.find(ended), (await queries.find(open))?.state.orderId]).toEqual([undefined, open]);
    expect(await unitOfWork.run((tx) => tx.orders.find([ended]))).toEqual(new Map());
  });

  it('gives no two orders the same number', async () => {
    await place({ number: 'J6SW-3T35' });
    await expect(place({ number: 'J6SW-3T35' })).rejects.toThrow(VersionConflict);
    expect(await queries.countUpTo(9, {})).toBe(1);
  });

  it('forgets what an order is found by with the order', async () => {
    const ended = await place({ number: 'J6SW-3T35' });
    const known = (await unitOfWork.run((tx) => tx.orders.find([ended]))).get(ended);
    await unitOfWork.run((tx) => record(tx, known, [{ type: 'cancelled', reason: 'x', at: AT }]));
    const archive =
      toolbox.store.kind === 'memory'
        ? memoryOrderArchive(toolbox.store.database)
        : postgresOrderArchive(toolbox.store.database);
    await archive.forgetBefore(after(NOW, SECOND));
    expect(await found({ q: 'sam' })).toEqual([]);
    if (toolbox.store.kind === 'sql')
      expect(await toolbox.store.database.query('select term from orders.terms')).toEqual([]);
    await place({ number: 'J6SW-3T35' });
  });

  const found = async (filter: OrderFilter, sort: OrderSort = 'newest'): Promise<string[]> => {
    const items = await allPages((page) => queries.search({ ...page, filters: [filter], sort }));
    expect(await queries.countUpTo(items.length + 1, filter)).toBe(items.length);
    return items.map(({ orderId }) => orderId);
  };

  describe('a search', () => {
    const at = (seconds: number): string => after(NOW, seconds * SECOND).toISOString();
    const customer = { userId: USER, email: 'Ada.Lovelace@example.com', name: 'Ada Lovelace' };
    let [ada, sam, yen]: [string, string, string] = ['', '', ''];

    beforeEach(async () => {
      ada = await place({
        customer,
        number: 'J6SW-3T35',
        lines: [aLine({ sku: 'LAMP-OAK' }), aLine({ sku: 'LAMP-ASH' })],
        placedAt: at(1),
      });
      sam = await place({
        number: 'ABCD-EFG1',
        address: { ...ADDRESS, country: 'AT' },
        shipping: { optionId: 'ups:1', carrier: 'UPS', service: 'Express', priceMinor: 500, taxMinor: 95 },
        totalMinor: 10_000,
        placedAt: at(2),
      });
      yen = await place({
        number: 'ZZZZ-ZZZ1',
        currency: 'JPY',
        totalMinor: 4_200,
        placedAt: at(3),
      });
      await happen(ada, RESERVED, AUTHORIZED, CAPTURED, DISPATCHED, moved('lost'));
    });

    const happen = async (orderId: string, ...commands: readonly OrderCommand[]): Promise<void> => {
      for (const command of commands)
        await unitOfWork.run(async (tx) => {
          const known = (await tx.orders.find([orderId])).get(orderId);
          const decision = decide(command, known?.state, after(NOW, 9 * SECOND));
          if (!decision.ok) throw new Error(decision.error.code);
          await record(tx, known, decision.value);
        });
    };

    it('without a filter has all orders, sorted as asked', async () => {
      expect(await found({})).toEqual([yen, sam, ada]);
      expect(await found({}, 'oldest')).toEqual([ada, sam, yen]);
      expect((await found({}, 'updated'))[0]).toBe(ada);
      expect(await found({}, 'total')).toEqual([yen, sam, ada]);
    });

    it.each([
      ['the number', 'J6SW-3T35'],
      ['the number as it is spoken', ' j6sw 3t35'],
      ['the beginning of the name', 'ADA love'],
      ['the e-mail address', 'ada.lovelace@EXAMPLE.com'],
      ['the beginning of the e-mail address', 'ada.l'],
      ['a SKU', 'lamp-ash'],
      ['the tracking number', 'jd014'],
    ])('finds an order by %s: %s', async (_, q) => {
      expect(await found({ q })).toEqual([ada]);
    });

    it.each([
      'lovelace',
      'lamp',
      'J6SW',
      'JD01',
      '%',
      'a_a',
      'example.com',
      "'",
      'ada.lovelace@example.com.au',
    ])('finds nothing by %s', async (q) => {
      expect(await found({ q })).toEqual([]);
    });

    it('finds an order with O and I for 0 and 1 in its number', async () => {
      const number = newOrderNumber('01900000-0000-7000-8000-000000000001');
      const orderId = await place({ number });
      expect(number).toContain('0');
      expect(await found({ q: number.replaceAll('0', 'o').replaceAll('1', 'i') })).toEqual([orderId]);
    });

    it.each<[OrderFilter, readonly ('ada' | 'sam' | 'yen')[]]>([
      [{ placedFrom: at(2) }, ['yen', 'sam']],
      [{ placedTo: at(2) }, ['ada']],
      [{ totalMin: 100 }, ['yen', 'sam']],
      [{ totalMin: 29.75, totalMax: 100 }, ['sam', 'ada']],
      [{ totalMax: 29.74 }, []],
      [{ statuses: ['lost'] }, ['ada']],
      [{ statuses: ['lost', 'pending'] }, ['yen', 'sam', 'ada']],
      [{ statuses: ['shipped'] }, []],
      [{ paymentStatus: 'captured' }, ['ada']],
      [{ paymentStatus: 'pending' }, ['yen', 'sam']],
      [{ openCase: 'any' }, ['ada']],
      [{ openCase: 'lost' }, ['ada']],
      [{ openCase: 'returned' }, []],
      [{ carrier: 'ups' }, ['sam']],
      [{ country: 'de' }, ['yen', 'ada']],
      [{ country: 'DE', q: 'sam' }, ['yen']],
      [{ userId: USER }, ['ada']],
      [{ userId: USER, q: 'sam' }, []],
    ])('applies the filter %j', async (filter, names) => {
      const ids = { ada, sam, yen };
      expect(await found(filter)).toEqual(names.map((name) => ids[name]));
    });

    it('forgets a case that is settled, and a status that is past', async () => {
      await happen(ada, moved('delivered'));
      expect(await found({ openCase: 'any' })).toEqual([]);
      expect(await found({ statuses: ['lost'] })).toEqual([]);
      expect(await found({ statuses: ['delivered'] })).toEqual([ada]);
    });

    it('applies all filters at once', async () => {
      const filters = [{ country: 'DE' }, { paymentStatus: 'pending' }] as const;
      expect(await queries.search({ filters, sort: 'newest', limit: 9 })).toMatchObject({
        value: { items: [{ orderId: yen }] },
      });
    });

    it('refuses a cursor of another sort order', async () => {
      const first = await queries.search({ filters: [], sort: 'newest', limit: 1 });
      const cursor = first.ok ? first.value.next : undefined;
      expect(cursor).toBeDefined();
      expect(await queries.search({ filters: [], sort: 'oldest', limit: 1, cursor })).toMatchObject({
        error: { code: 'INVALID_CURSOR' },
      });
    });

    it('counts no further than it is asked to', async () => {
      expect(await queries.countUpTo(2, {})).toBe(2);
      expect(await queries.countUpTo(4, {})).toBe(3);
    });
  });

  it.each(['newest', 'oldest', 'updated', 'total'] as const)(
    'lists orders of equal rank by their IDs, sorted by %s',
    async (sort) => {
      await forgetIndexes(store, toolbox.store);
      for (const id of TIED) await place({}, id);
      await expectTiesInOrder(
        (page) => queries.search({ ...page, filters: [], sort }),
        ({ orderId }) => orderId,
        sort === 'oldest' ? ASCENDING : DESCENDING,
      );
    },
  );

  it('has no order that was never placed', async () => {
    expect(await queries.find(NO_ORDER)).toBeUndefined();
  });
});
