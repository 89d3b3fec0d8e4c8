import { z } from 'zod';
import { openPg } from '#adapters/postgres/pg-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import type { Purchase } from './buyers.ts';
import type { TestFleet } from '#test/kit/fleet.ts';

const Troubles = z.array(
  z.object({
    service: z.string(),
    dead: z.array(z.object({ consumer: z.string(), event_id: z.string(), error: z.string() })),
    stuck: z.array(z.object({ key: z.string(), error: z.string() })),
  }),
);

export type Troubles = z.infer<typeof Troubles>;

export const readTroubles = async (rig: TestFleet): Promise<Troubles> =>
  Troubles.parse(await rig.fleet.operations.troubles());

/** The books of all services; read behind their backs, as an auditor would. */
export interface Books {
  /** Orders by status. */
  statuses(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
  /** What is not as it must be, in sentences; nothing when all is well. */
  findings(purchases: readonly Purchase[], stockBefore: ReadonlyMap<string, number>): Promise<string[]>;
  stock(): Promise<ReadonlyMap<string, number>>;
  /** Ids of the letters that were promised. */
  letters(): Promise<ReadonlySet<string>>;
}

const FINAL = ['delivered', 'cancelled', 'refunded'];

export const openBooks = ({ engines }: TestFleet): Books => {
  const databases = new Map<string, SqlDatabase>();
  const of = (service: string): SqlDatabase => {
    const known = databases.get(service);
    if (known) return known;
    const url = engines.postgres.services[service] ?? '';
    const opened = openPg({ url, poolSize: 2, statementTimeoutMs: 20_000, onError: () => undefined });
    databases.set(service, opened);
    return opened;
  };
  const pairs = async (service: string, query: string): Promise<Map<string, number>> => {
    const rows = await of(service).query<{ name: string; n: number }>(query);
    return new Map(rows.map(({ name, n }) => [name, n]));
  };
  const statuses = () => pairs('order', 'select status as name, count(*) as n from orders.orders group by status'); // prettier-ignore
  const stock = () => pairs('inventory', 'select variant_id::text as name, stock_count as n from inventory.stock join inventory.variants using (sku)'); // prettier-ignore

  /** Name, where to look, and a query whose rows are what is wrong. */
  const MUST_BE_EMPTY: readonly (readonly [string, string, string])[] = [
    ['captured more than once', 'order', `select order_id as name from orders.events where type = 'payment-captured' group by order_id having count(*) > 1`],
    ['taken by the gateway more than once or for more than was authorised', 'payment', 'select hold as name from mock_gateway.operations where captured > amount'],
    ['paid, but neither delivered nor refunded', 'payment', `select order_id::text as name from payment.payments where status in ('authorized', 'capturing', 'pending')`],
    ['a ledger transaction that does not balance', 'payment', 'select transaction_id as name from payment.ledger_entries group by transaction_id having sum(debit) <> sum(credit)'],
    ['units still reserved', 'inventory', 'select sku as name from inventory.stock where reserved_count <> 0'],
    ['sold more than there was', 'inventory', 'select sku as name from inventory.stock where stock_count < 0'],
    ['shipped more than once', 'shipping', 'select order_id::text as name from shipping.shipments group by order_id having count(*) > 1'],
    ['a timeline that tells the same twice', 'order', `select order_id::text as name from orders.events where type in ('placed', 'confirmed', 'shipped', 'delivered', 'cancelled') group by order_id, type having count(*) > 1`],
  ]; // prettier-ignore

  return {
    statuses,
    stock,
    letters: async () =>
      new Set(
        (
          await pairs(
            'notification',
            'select notification_id::text as name, 1 as n from notification.notifications',
          )
        ).keys(),
      ),
    findings: async (purchases, stockBefore) => {
      const found: string[] = [];
      const list = (what: string, names: readonly string[]): void => {
        if (names.length > 0) found.push(`${what}: ${names.length}, e.g. ${names.slice(0, 3).join(', ')}`);
      };
      for (const [what, service, query] of MUST_BE_EMPTY) {
        const rows = await of(service).query<{ name: string }>(query);
        list(what, rows.map(({ name }) => name)); // prettier-ignore
      }
      const orders = new Map((await of('order').query<{ name: string; status: string }>('select order_id::text as name, status from orders.orders')).map(({ name, status }) => [name, status])); // prettier-ignore
      const accepted = new Set(purchases.map(({ orderId }) => orderId));
      list(
        'accepted orders that are lost',
        [...accepted].filter((id) => !orders.has(id)),
      );
      list(
        'orders without an event',
        [...orders.keys()].filter((id) => !accepted.has(id)),
      );
      list('orders in no final state', [...orders].filter(([, status]) => !FINAL.includes(status)).map(([id, status]) => `${id} ${status}`)); // prettier-ignore

      // Goods: what has left the stock is what was delivered.
      // (By the orders' own lines: a cart may hold what an order that failed had given back.)
      const delivered = await pairs('order', `select variant_id::text as name, sum(quantity) as n from orders.order_items join orders.orders using (order_id) where status = 'delivered' group by variant_id`); // prettier-ignore
      const stockNow = await stock();
      list('variants whose stock is not what was there less what was delivered', [...stockBefore].filter(([id, before]) => stockNow.get(id) !== before - (delivered.get(id) ?? 0)).map(([id, before]) => `${id} ${before} - ${delivered.get(id) ?? 0} <> ${stockNow.get(id)}`)); // prettier-ignore

      // Money: kept for what was delivered, and for nothing else.
      const kept = await pairs('payment', 'select order_id::text as name, captured - refunded as n from payment.payments'); // prettier-ignore
      const totals = await pairs(
        'order',
        'select order_id::text as name, total_amount as n from orders.orders',
      );
      const due = (id: string): number => (orders.get(id) === 'delivered' ? (totals.get(id) ?? 0) : 0);
      list('orders whose money is not what was delivered', [...orders.keys()].filter((id) => (kept.get(id) ?? 0) !== due(id))); // prettier-ignore
      return found;
    },
    close: async () => {
      await Promise.all([...databases.values()].map((database) => database.close()));
    },
  };
};
