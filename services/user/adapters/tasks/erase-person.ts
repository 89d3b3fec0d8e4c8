import { z } from 'zod';
import type { Erasure } from '#kernel/personal-data.ts';
import type { TaskHandler } from '#kernel/tasks.ts';
import { ERASE_PERSON, type makeRecordErased } from '../../core/application/erase-person.ts';
import type { Holders } from '../../core/ports/holders.ts';
import type { UserTx } from '../../core/ports/user-tx.ts';

const PAYLOAD = z.object({
  erasureId: z.string(),
  service: z.string(),
  person: z.object({ userId: z.string(), email: z.string().optional() }),
  call: z.number(),
});

/** Has one service erase some of what it knows. An unavailable service is called again with growing pauses. */
export const makeErasePerson = (
  holders: Holders,
  recordErased: ReturnType<typeof makeRecordErased>,
): TaskHandler<UserTx, Erasure> => ({
  kind: ERASE_PERSON,
  perform: ({ payload }) => {
    const { service, person } = PAYLOAD.parse(payload);
    return holders.erase(service, person);
  },
  settle: async (tx, done) => {
    for (const { task, outcome } of done) {
      const payload = PAYLOAD.parse(task.payload);
      await recordErased(tx, payload, { service: payload.service, ...outcome });
    }
  },
});
