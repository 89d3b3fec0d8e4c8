import { DAY, MINUTE } from '#kernel/clock.ts';
import { categoryOf, type Channel } from './kinds.ts';
import type { MailKind } from './mail.ts';
import type { Preferences, QuietHours } from './preferences.ts';

const DAY_MINUTES = 24 * 60;

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** What clocks in the zone show, as if it were UTC; milliseconds since the epoch. */
const localTime = (instant: Date, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
};

/** When clocks in the zone show this; if they skip it, as much later as they skip. */
const instantAt = (local: number, timeZone: string): Date => {
  const offsetAt = (instant: number): number => localTime(new Date(instant), timeZone) - instant;
  const guess = local - offsetAt(local);
  return new Date(local - offsetAt(guess));
};

/** The end of the quiet hours that `now` is in; `now` itself outside them. Days on which clocks change are no exception. */
export const afterQuietHours = (now: Date, { from, to }: QuietHours, timeZone: string): Date => {
  const local = localTime(now, timeZone);
  const midnight = local - (local % DAY);
  const minute = (local - midnight) / MINUTE;
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const sinceStart = (minute - start + DAY_MINUTES) % DAY_MINUTES;
  if (sinceStart >= (end - start + DAY_MINUTES) % DAY_MINUTES) return now;
  const isTomorrow = minute >= end;
  return instantAt(midnight + (isTomorrow ? DAY : 0) + end * MINUTE, timeZone);
};

/** When a message may go out: security always does at once, mails about orders as well, because they wake nobody. */
export const dueAt = (
  now: Date,
  kind: MailKind,
  channel: Channel,
  { quietHours, timeZone }: Pick<Preferences, 'quietHours' | 'timeZone'>,
): Date => {
  const category = categoryOf(kind);
  const mayWait = category === 'marketing' || (category === 'order' && channel !== 'email');
  return mayWait && quietHours ? afterQuietHours(now, quietHours, timeZone) : now;
};
