import { DAY } from '#kernel/clock.ts';
import { categoryOf, type Channel } from './kinds.ts';
import { instantAt, localTime, midnightOf, timeOfDay } from '#kernel/local-time.ts';
import type { MailKind } from './mail.ts';
import type { Preferences, QuietHours } from './preferences.ts';

/** When a recipient may get messages that can wait. */
export type Hours = Pick<Preferences, 'quietHours' | 'timeZone'>;

/** The end of the quiet hours that `now` is in; `now` itself outside them. Days on which clocks change are no exception. */
export const afterQuietHours = (now: Date, { from, to }: QuietHours, timeZone: string): Date => {
  const local = localTime(now, timeZone);
  const midnight = midnightOf(local);
  const [time, start, end] = [local - midnight, timeOfDay(from), timeOfDay(to)];
  const sinceStart = (time - start + DAY) % DAY;
  if (sinceStart >= (end - start + DAY) % DAY) return now;
  const isTomorrow = time >= end;
  return instantAt(midnight + (isTomorrow ? DAY : 0) + end, timeZone);
};

/** As soon as a message that can wait may go out. */
export const soonest = (now: Date, { quietHours, timeZone }: Hours): Date =>
  quietHours ? afterQuietHours(now, quietHours, timeZone) : now;

/** When a message may go out: security always does at once, mails about orders as well, because they wake nobody. */
export const dueAt = (now: Date, kind: MailKind, channel: Channel, hours: Hours): Date => {
  const category = categoryOf(kind);
  const mayWait = category === 'marketing' || (category === 'order' && channel !== 'email');
  return mayWait ? soonest(now, hours) : now;
};
