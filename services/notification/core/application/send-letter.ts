import type { Clock } from '#kernel/clock.ts';
import type { Task, TaskHandler } from '#kernel/tasks.ts';
import type { Letter } from '../domain/letter.ts';
import type { Delivery } from '../domain/notification.ts';
import type { Mailer, Printer } from '../ports/mailer.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';
import { SEND_LETTER } from './promise-letters.ts';

/** Prints and sends the letters that were promised, and notes what became of them. */
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

/** Only this service promises such tasks, and it puts letters in. */
const letterOf = ({ payload }: Task): Letter => payload as Letter;
