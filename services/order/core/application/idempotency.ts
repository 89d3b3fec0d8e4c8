import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';

interface Kept {
  readonly orderId: string;
  readonly version: number;
}

/** Stored per Idempotency-Key; the order's history contains the rest of the response. */
export const keepAnswer = ({ state: { orderId }, version }: VersionedOrder): Kept => ({ orderId, version });

/** The order as first returned, whatever has happened since. */
export const recallAnswer = async (kept: unknown, { orders }: OrderTx): Promise<VersionedOrder> => {
  const { orderId, version } = kept as Kept; // written only by `keepAnswer`
  const answered = await orders.at(orderId, version);
  if (!answered) throw new Error(`order ${orderId} was answered at version ${version}, but is not there`);
  return answered;
};
