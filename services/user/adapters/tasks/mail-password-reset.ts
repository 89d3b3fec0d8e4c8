import { z } from 'zod';
import type { TaskHandler } from '#kernel/tasks.ts';
import {
  MAIL_PASSWORD_RESET,
  type IssuePasswordReset,
} from '../../core/application/request-password-reset.ts';
import type { UserTx } from '../../core/ports/user-tx.ts';

const PAYLOAD = z.object({ email: z.string() });

/** Issues the token of a password reset. Makes no external call: notification mails the token. */
export const makeMailPasswordReset = (issue: IssuePasswordReset): TaskHandler<UserTx, undefined> => ({
  kind: MAIL_PASSWORD_RESET,
  perform: () => Promise.resolve(undefined),
  settle: async (tx, done) => {
    for (const { task } of done) await issue(tx, PAYLOAD.parse(task.payload).email, task.cause);
  },
});
