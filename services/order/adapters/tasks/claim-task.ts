import { z } from 'zod';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { ClaimOrders } from '../../core/application/claim-orders.ts';
import { CLAIM, claimTaskFor } from '../../core/domain/tasks.ts';
import type { OrderTx } from '../../core/ports/order-tx.ts';

const PAYLOAD = z.object({ email: z.string() });

/** Someone has proved to own an address, or a guest has ordered with one. */
export const makeClaimTask = (claimOrders: ClaimOrders): TaskHandler<OrderTx, undefined> => ({
  kind: CLAIM,
  perform: () => Promise.resolve(undefined),
  settle: async (tx, done) => {
    for (const [email, [first]] of Map.groupBy(done, ({ task }) => PAYLOAD.parse(task.payload).email))
      if (first && (await claimOrders(tx, email)))
        await tx.tasks.schedule({
          ...claimTaskFor(email, `${first.task.key}+`),
          cause: first.task.cause,
        });
  },
});
