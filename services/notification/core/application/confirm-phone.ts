import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { withCode, type Preferences } from '../domain/preferences.ts';
import type { Channel, ShortMessage } from '../ports/mailer.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

export interface PhoneTools {
  readonly unitOfWork: UnitOfWork<NotificationTx>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Undefined if this shop sends no text messages. */
  readonly sms: Channel<ShortMessage> | undefined;
  readonly shop: string;
  readonly codeFor: (userId: string, number: string) => string;
  readonly isRight: (userId: string, number: string, code: string) => boolean;
}

const NO_CODE = refuse('NO_CODE', 'Store a phone number first, and ask for at most three codes a day.');
const WRONG_CODE = refuse('WRONG_CODE', 'Use the last code that was sent.');

/** Sends a code to the phone number of a user. It is counted first, so that a failure cannot be used to send more. */
export const makeSendCode =
  ({ unitOfWork, clock, ids, sms, shop, codeFor }: PhoneTools) =>
  async (userId: string): Promise<Result<undefined, Refusal<'NO_CODE'>>> => {
    if (!sms) return NO_CODE;
    const phone = await unitOfWork.run(async ({ preferences }) => {
      const before = await preferences.find(userId);
      const next = before && withCode(before, clock.now());
      if (next) await preferences.save(next);
      return next?.phone;
    });
    if (!phone) return NO_CODE;
    const text = codeFor(userId, phone.number);
    await sms.deliver({ messageId: ids.next(), to: phone.number, title: shop, text });
    return ok(undefined);
  };

/** Confirms the phone number of a user by the code that was sent there. */
export const makeConfirmPhone =
  ({ unitOfWork, isRight }: Pick<PhoneTools, 'unitOfWork' | 'isRight'>) =>
  (userId: string, code: string): Promise<Result<Preferences, Refusal<'WRONG_CODE'>>> =>
    unitOfWork.run(async ({ preferences }) => {
      const before = await preferences.find(userId);
      if (!before?.phone || !isRight(userId, before.phone.number, code)) return WRONG_CODE;
      const phone = { ...before.phone, isConfirmed: true };
      const next = { ...before, version: before.version + 1, phone };
      await preferences.save(next);
      return ok(next);
    });
