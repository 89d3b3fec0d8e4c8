import { expect, it } from 'vitest';
import { salesByCurrency } from '../core/domain/sales.ts';
import { openCassandra } from './cassandra.rig.ts';
import { anOrder, cancellationOf, MARCH } from './warehouse.mother.ts';

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
