import { createHmac, timingSafeEqual } from 'node:crypto';
import { after, HOUR, type Clock } from '#kernel/clock.ts';

/** Codes by which users confirm that a phone number is theirs. */
export interface PhoneCodes {
  readonly codeFor: (userId: string, number: string) => string;
  readonly isRight: (userId: string, number: string, code: string) => boolean;
}

/**
 * Codes of eight digits that can be used for one to two hours. They are derived, so none is stored.
 * @param key of this purpose only, the same in all instances
 */
export const makePhoneCodes = (key: Buffer, clock: Clock): PhoneCodes => {
  const codeAt = (userId: string, number: string, now: Date): string => {
    const hour = Math.floor(now.getTime() / HOUR);
    const hash = createHmac('sha256', key).update(`${userId} ${number} ${hour}`).digest();
    return String(hash.readUIntBE(0, 6) % 1e8).padStart(8, '0');
  };
  return {
    codeFor: (userId, number) => codeAt(userId, number, clock.now()),
    isRight: (userId, number, code) =>
      [clock.now(), after(clock.now(), -HOUR)].some((now) => {
        const right = codeAt(userId, number, now);
        return code.length === right.length && timingSafeEqual(Buffer.from(code), Buffer.from(right));
      }),
  };
};
