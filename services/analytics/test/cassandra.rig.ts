import { atEnd } from '#test/kit/cleanup.ts';
import { openCassandraWarehouse } from '../adapters/cassandra/cassandra-warehouse.ts';
import type { Warehouse } from '../core/ports/warehouse.ts';

let number = 0;

/** In a keyspace of its own, on the node that `CASSANDRA_CONTACTS` names. */
export const openCassandra = async (): Promise<Warehouse> => {
  const warehouse = await openCassandraWarehouse({
    contacts: (process.env['CASSANDRA_CONTACTS'] ?? '').split(','),
    dataCenter: 'datacenter1',
    keyspace: `test_${process.pid}_${(number += 1)}`,
    timeoutMs: 60_000,
  });
  atEnd(() => warehouse.close());
  return warehouse;
};
