import { refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { MailKind } from '../domain/mail.ts';
import {
  changed,
  initialPreferences,
  unsubscribed,
  type Preferences,
  type PreferencesCode,
  type PreferencesInput,
} from '../domain/preferences.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';
import type { makeRetime } from './digests.ts';

type Units = UnitOfWork<NotificationTx>;

/** Replaces a user's preferences, and moves what waits for a digest. @param basedOn their version, if the client names one */
export const makeChangePreferences =
  (unitOfWork: Units, retime: ReturnType<typeof makeRetime>) =>
  (
    userId: string,
    input: PreferencesInput,
    basedOn: number | undefined,
  ): Promise<Result<Preferences, Refusal<PreferencesCode | 'PRECONDITION_FAILED'>>> =>
    unitOfWork.run(async (tx) => {
      const { preferences } = tx;
      const before = (await preferences.find(userId)) ?? initialPreferences(userId);
      if (basedOn !== undefined && basedOn !== before.version)
        return refuse('PRECONDITION_FAILED', 'The preferences have changed meanwhile.');
      const next = changed(before, input);
      if (!next.ok) return next;
      await preferences.save(next.value);
      await retime(tx, next.value);
      return next;
    });

/** Ends mails of a kind to a user, or of the kinds that it holds. Doing it again has no effect. */
export const makeUnsubscribe =
  (unitOfWork: Units) =>
  (userId: string, kind: MailKind): Promise<void> =>
    unitOfWork.run(async ({ preferences }) => {
      const before = (await preferences.find(userId)) ?? initialPreferences(userId);
      const next = unsubscribed(before, kind);
      if (next.version > before.version) await preferences.save(next);
    });
