import { Client } from 'cassandra-driver';
import { expect, it } from 'vitest';
import { atEnd } from '#test/kit/cleanup.ts';
import { salesByCurrency } from '../core/domain/sales.ts';
import { openCassandra } from './cassandra.rig.ts';
import { anOrder, cancellationOf, confirmationOf, MARCH, shopperId } from './warehouse.mother.ts';

const ORDERS = 40;

it('two instances, one of which gets the orders and the other their cancellations, leave out what was cancelled', async () => {
  const keyspace = `race_${process.pid}`;
  const [one, other] = [await openCassandra(keyspace), await openCassandra(keyspace)];
  const orders = Array.from({ length: ORDERS }, (_, index) =>
    anOrder(`2026-03-0${1 + (index % 3)}T12:00:00Z`),
  );
  await Promise.all(
    orders.map(async (order, index) => {
      await Promise.all([
        one.append([order]),
        index % 2 === 0 ? other.append([cancellationOf(order, '2026-03-03T13:00:00Z')]) : undefined,
        (index % 2 === 0 ? one : other).sales(MARCH),
      ]);
    }),
  );
  for (const warehouse of [one, other]) {
    const [sales] = salesByCurrency(MARCH.bounds.length - 1, await warehouse.sales(MARCH));
    expect(sales?.total).toMatchObject({ orders: ORDERS / 2, grossMinor: (ORDERS / 2) * 2_490 });
  }
});

it('sums of an earlier release, which lack something, are added up again when they are read', async () => {
  const keyspace = `earlier_${process.pid}`;
  const warehouse = await openCassandra(keyspace);
  const order = anOrder('2026-03-01T12:00:00Z', { shopper: shopperId(1) });
  await warehouse.append([order, confirmationOf(order, '2026-03-01T12:01:00Z')]);
  const [sales, customers] = [await warehouse.sales(MARCH), await warehouse.customers(MARCH)];
  expect(customers).toHaveLength(1);

  const contactPoints = (process.env['CASSANDRA_CONTACTS'] ?? '').split(',');
  const client = new Client({ contactPoints, localDataCenter: 'datacenter1', keyspace });
  atEnd(() => client.shutdown());
  await client.execute(
    `update sums set sales = '[{"currency":"EUR","orders":1}]', customers = null where day = '2026-03-01' and quarter = '2026-03-01T12:00:00Z'`,
  );
  expect(await warehouse.customers(MARCH)).toEqual(customers);
  expect(await warehouse.sales(MARCH)).toEqual(sales);
});

it('orders of a release that kept no customers are those of guests', async () => {
  const keyspace = `guests_${process.pid}`;
  const warehouse = await openCassandra(keyspace);
  const [order, cancelled] = [anOrder('2026-03-01T12:00:00Z'), anOrder('2026-03-01T12:00:00Z')];
  await warehouse.append([order, cancelled]);
  await warehouse.append([order, cancelled].map((one) => confirmationOf(one, '2026-03-02T12:00:00Z')));
  await warehouse.append([cancellationOf(cancelled, '2026-03-02T12:00:00Z')]);
  await warehouse.keepUp();

  const contactPoints = (process.env['CASSANDRA_CONTACTS'] ?? '').split(',');
  const client = new Client({ contactPoints, localDataCenter: 'datacenter1', keyspace });
  atEnd(() => client.shutdown());
  await client.execute('truncate customers');
  await client.execute(
    `update sums set customers = null where day = '2026-03-01' and quarter = '2026-03-01T12:00:00Z'`,
  );
  expect(await warehouse.customers(MARCH)).toEqual([
    { bucket: 0, firstOrders: 0, repeatOrders: 0, guestOrders: 1 },
  ]);
});
