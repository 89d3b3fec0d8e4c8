import type { Clock } from '#kernel/clock.ts';
import type { Task, TaskHandler } from '#kernel/tasks.ts';
import type { Letter } from '../domain/letter.ts';
import type { Delivery } from '../domain/notification.ts';
import type { Mailer, Printer } from '../ports/mailer.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';
import { SEND_LETTER } from './promise-letters.ts';

/** Renders and sends scheduled letters, and records the outcome. */
export const makeSendLetter = (
  printer: Printer,
  mailer: Mailer,
  clock: Clock,
): TaskHandler<NotificationTx, Delivery> => ({
  kind: SEND_LETTER,
  perform: (task) => mailer.send(printer.print(letterOf(task))),
  settle: ({ notifications }, done) =>
    notifications.settle(
      done.map(({ task, outcome }) => ({
        notificationId: task.key,
        delivery: outcome,
        settledAt: clock.now(),
      })),
    ),
});

/** Only this service schedules such tasks, with letters as payload. */
const letterOf = ({ payload }: Task): Letter => payload as Letter;
