import type { Clock } from '#kernel/clock.ts';
import { causeOf, type EventEnvelope } from '#kernel/events.ts';
import type { LetterKind } from '../domain/letter.ts';
import { letterAbout } from '../domain/letters.ts';
import { pending } from '../domain/notification.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

/** Tasks that send a letter. */
export const SEND_LETTER = 'send-letter';

/** Schedules a letter per event, in the consumer's unit. */
export const makePromiseLetters =
  (clock: Clock) =>
  async <Kind extends LetterKind>(
    { notifications, tasks }: NotificationTx,
    events: readonly EventEnvelope<Kind>[],
  ): Promise<void> => {
    const letters = events.map((event) => ({ letter: letterAbout(event), cause: causeOf(event) }));
    await notifications.add(letters.map(({ letter }) => pending(letter, clock.now())));
    await tasks.schedule(
      ...letters.map(({ letter, cause }) => ({
        key: letter.letterId,
        kind: SEND_LETTER,
        payload: letter,
        cause,
      })),
    );
  };
