import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import { followPeople } from '../../core/application/follow-people.ts';
import type { PersonFact } from '../../core/domain/recipient.ts';
import type { NotificationTx } from '../../core/ports/notification-tx.ts';

type PersonEvent = 'user.registered' | 'user.email_verified' | 'user.email_changed' | 'user.profile.updated';

const follow =
  <T extends PersonEvent>(at: (payload: EventPayloads[T]) => string, isProven: boolean) =>
  (tx: NotificationTx, events: readonly EventEnvelope<T>[]): Promise<void> =>
    followPeople(
      tx,
      events.map(({ payload }): PersonFact => ({
        userId: payload.user_id,
        address: {
          email: payload.email,
          firstName: payload.first_name,
          lastName: payload.last_name,
          at: at(payload),
        },
        isProven,
      })),
    );

/** The addresses of users, for messages that no event about them leads to. */
export const peopleHandlers: Handlers<NotificationTx> = {
  'user.registered': follow<'user.registered'>(({ registered_at }) => registered_at, false),
  'user.email_verified': follow<'user.email_verified'>(({ verified_at }) => verified_at, true),
  'user.email_changed': follow<'user.email_changed'>(({ changed_at }) => changed_at, true),
  'user.profile.updated': follow<'user.profile.updated'>(({ updated_at }) => updated_at, false),
};
