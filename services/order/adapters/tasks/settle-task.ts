import { z } from 'zod';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { SettleReturn } from '../../core/application/settle-returns.ts';
import { SETTLE } from '../../core/domain/tasks.ts';
import type { OrderTx } from '../../core/ports/order-tx.ts';

const PAYLOAD = z.object({ returnId: z.string() });

/** A refund of a return is over, or staff have decided about one that failed. */
export const makeSettleTask = (settle: SettleReturn): TaskHandler<OrderTx, undefined> => ({
  kind: SETTLE,
  perform: () => Promise.resolve(undefined),
  settle: async (tx, done) => {
    const causes = new Map(done.map(({ task }) => [PAYLOAD.parse(task.payload).returnId, task.cause]));
    for (const [returnId, cause] of causes) await settle(tx, returnId, cause);
  },
});
