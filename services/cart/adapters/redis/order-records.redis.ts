import type { RedisTransaction } from '#adapters/redis/unit-of-work.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { RECORD_LIFETIME_MS, type OrderRecord } from '../../core/domain/ordered.ts';
import type { OrderRecords } from '../../core/ports/cart-tx.ts';

export const redisOrderRecords = (tx: RedisTransaction, prefix: string): OrderRecords => {
  const keyOf = (orderId: string): string => `${prefix}:order:${orderId}`;
  return {
    find: async (orderIds) => {
      const records = await tx.read<OrderRecord>(orderIds.map(keyOf));
      return new Map(records.flatMap((record) => (record ? [[record.orderId, record]] : [])));
    },
    save: async (record) => {
      const key = keyOf(record.orderId);
      const [before] = await tx.read<OrderRecord>([key]);
      // A `taken` record can become `returned`; any other state means that another unit was faster.
      if (before && !(before.state === 'taken' && record.state === 'returned'))
        throw new VersionConflict('orders');
      tx.put(key, record, RECORD_LIFETIME_MS);
    },
  };
};
