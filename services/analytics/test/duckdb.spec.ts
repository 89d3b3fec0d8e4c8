import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { openDuckdbWarehouse } from '../adapters/duckdb/duckdb-warehouse.ts';
import { memoryWarehouse } from '../adapters/memory/memory-warehouse.ts';
import type { Warehouse } from '../core/ports/warehouse.ts';
import {
  anOrder,
  cancellationOf,
  confirmationOf,
  MARCH,
  productId,
  searchIn,
  stepIn,
  viewIn,
  visitAt,
} from './warehouse.mother.ts';

/** As the release made them that kept a row for each fact of a visit. */
const EARLIER_TABLES = `
  create table facts (fact_id uuid primary key);
  create table orders (order_id uuid, moment bigint, currency varchar, total bigint, tax bigint, shipping bigint, units bigint);
  create table lines (order_id uuid, moment bigint, currency varchar, product_id uuid, variant_id uuid, quantity bigint, total bigint);
  create table cancellations (order_id uuid, moment bigint);
  create table refunds (order_id uuid, moment bigint, currency varchar, amount bigint);
  create table views (product_id uuid, moment bigint, views bigint);
  create table confirmations (order_id uuid, moment bigint);
  create table searches (moment bigint, term varchar, hits bigint);
  create table steps (session_id uuid, began bigint, moment bigint, stage bigint, source varchar, order_id uuid)`;

const figuresOf = async (warehouse: Warehouse) => ({
  sales: await warehouse.sales(MARCH),
  products: await warehouse.topProducts(MARCH, 10),
  funnel: (await warehouse.funnel(MARCH)).toSorted((a, b) => a.bucket - b.bucket),
  sources: await warehouse.sources(MARCH),
  customers: await warehouse.customers(MARCH),
  newest: await warehouse.newest(),
});

it('a file of an earlier release has the same figures, and counts no fact again', async () => {
  const at = '2026-03-02T12:00:00.000Z';
  const [visit, other] = [visitAt(at, 1), visitAt('2026-03-01T23:59:00Z', 2)];
  const [order, cancelled] = [anOrder(at), anOrder(at)];
  const facts = [
    order,
    cancelled,
    viewIn(visit, 1, at, 'search'),
    viewIn(visit, 1, at, 'category'),
    viewIn(other, 2, at, 'search'),
    searchIn(other, 'lamp', 0, at),
    stepIn(visit, 'order', at, order.orderId),
    stepIn(other, 'order', '2026-03-02T12:01:00.000Z', cancelled.orderId),
    confirmationOf(order, at),
    confirmationOf(cancelled, at),
    cancellationOf(cancelled, at),
  ];
  const file = join(temporaryFolder(), 'earlier');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const moment = Date.parse(at) * 1_000;
  const [began, beganOther] = [moment, Date.parse('2026-03-01T23:59:00Z') * 1_000];
  await connection.run(`${EARLIER_TABLES};
    insert into facts values ${facts.map(({ factId }) => `('${factId}')`).join()};
    insert into orders values ${[order, cancelled].map(({ orderId }) => `('${orderId}', ${moment}, 'EUR', 2490, 398, 490, 2)`).join()};
    insert into lines values
      ${[order, cancelled].map(({ orderId }) => `('${orderId}', ${moment}, 'EUR', '${productId(1)}', '${productId(101)}', 2, 2000)`).join()};
    insert into views values ('${productId(1)}', ${moment}, 1), ('${productId(1)}', ${moment}, 1), ('${productId(2)}', ${moment}, 1);
    insert into confirmations values ('${order.orderId}', ${moment}), ('${cancelled.orderId}', ${moment});
    insert into cancellations values ('${cancelled.orderId}', ${moment});
    insert into searches values (${moment}, 'lamp', 0);
    insert into steps values
      ('${visit}', ${began}, ${moment}, 1, 'search', null), ('${visit}', ${began}, ${moment}, 1, 'category', null),
      ('${other}', ${beganOther}, ${moment}, 1, 'search', null), ('${other}', ${beganOther}, ${moment}, 0, null, null),
      ('${visit}', ${began}, ${moment}, 4, null, '${order.orderId}'),
      ('${other}', ${beganOther}, ${moment + 60_000_000}, 4, null, '${cancelled.orderId}')`);
  connection.closeSync();
  instance.closeSync();

  const inMemory = memoryWarehouse();
  await inMemory.append(facts);
  const expected = await figuresOf(inMemory);
  expect(expected.funnel).toHaveLength(2);
  for (const _ of ['upgraded', 'opened again']) {
    const warehouse = await openDuckdbWarehouse(file);
    expect(await figuresOf(warehouse)).toEqual(expected);
    await warehouse.append(facts);
    expect(await figuresOf(warehouse)).toEqual(expected);
    await warehouse.close();
  }
});
