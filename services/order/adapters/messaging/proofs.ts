import type { Handlers } from '#adapters/messaging/consumer.ts';
import { normalizeEmail } from '#kernel/email.ts';
import { causeOf, type EventEnvelope } from '#kernel/events.ts';
import type { Proof } from '../../core/domain/proof.ts';
import { claimTaskFor } from '../../core/domain/tasks.ts';
import type { OrderTx } from '../../core/ports/order-tx.ts';

type ProofEvent = 'user.email_verified' | 'user.email_changed';

const follow =
  <T extends ProofEvent>(factsOf: (event: EventEnvelope<T>) => readonly Proof[]) =>
  async ({ proofs, tasks }: OrderTx, events: readonly EventEnvelope<T>[]): Promise<void> => {
    for (const event of events) {
      for (const fact of factsOf(event)) await proofs.add({ ...fact, email: normalizeEmail(fact.email) });
      const email = normalizeEmail(event.payload.email);
      await tasks.schedule({ ...claimTaskFor(email, event.event_id), cause: causeOf(event) });
    }
  };

/** Who owns which e-mail address. The order of events does not matter. */
export const proofHandlers: Handlers<OrderTx> = {
  'user.email_verified': follow<'user.email_verified'>(({ payload: { user_id, email, verified_at } }) => [
    { userId: user_id, email, provenAt: verified_at },
  ]),
  'user.email_changed': follow<'user.email_changed'>(
    ({ payload: { user_id, email, previous_email, changed_at } }) => [
      { userId: user_id, email, provenAt: changed_at },
      { userId: user_id, email: previous_email, leftAt: changed_at },
    ],
  ),
};
