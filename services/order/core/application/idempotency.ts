import type { OrderTx, VersionedOrder } from '../ports/order-tx.ts';

interface Kept {
  readonly orderId: string;
  readonly version: number;
}

/** What is kept of an answer under its Idempotency-Key; the order's history has the rest. */
export const keepAnswer = ({ state: { orderId }, version }: VersionedOrder): Kept => ({ orderId, version });

/** The order as it was answered, whatever has become of it since. */
export const recallAnswer = async (kept: unknown, { orders }: OrderTx): Promise<VersionedOrder> => {
  const { orderId, version } = kept as Kept; // only `keepAnswer` makes them
  const answered = await orders.at(orderId, version);
  if (!answered) throw new Error(`order ${orderId} was answered at version ${version}, but is not there`);
  return answered;
};
