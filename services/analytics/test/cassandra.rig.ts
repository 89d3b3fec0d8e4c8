import { atEnd } from '#test/kit/cleanup.ts';
import { openCassandraWarehouse } from '../adapters/cassandra/cassandra-warehouse.ts';
import type { Warehouse } from '../core/ports/warehouse.ts';

let number = 0;

/**
 * On the node that `CASSANDRA_CONTACTS` names.
 * @param keyspace one of its own if absent
 */
export const openCassandra = async (
  keyspace = `test_${process.pid}_${(number += 1)}`,
): Promise<Warehouse> => {
  const warehouse = await openCassandraWarehouse({
    contacts: (process.env['CASSANDRA_CONTACTS'] ?? '').split(','),
    dataCenter: 'datacenter1',
    keyspace,
    replication: 1,
    timeoutMs: 60_000,
    isEncrypted: false,
  });
  atEnd(() => warehouse.close());
  return warehouse;
};
