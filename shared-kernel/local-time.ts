import { DAY, HOUR, MINUTE } from './clock.ts';

/** Whether it is the name of a time zone, such as `Europe/Berlin`. */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** There are some 600 zones, but each has many spellings, in capitals and small letters. */
const MOST_CLOCKS = 1_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Kept, because making one takes as long as a dozen looks at it. */
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const kept = clocks.get(timeZone);
  if (kept !== undefined) return kept;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  if (clocks.size === MOST_CLOCKS) clocks.clear();
  clocks.set(timeZone, clock);
  return clock;
};

/** What clocks in the zone show, as if it were UTC; milliseconds since the epoch. */
export const localTime = (instant: Date, timeZone: string): number => {
  const parts = clockOf(timeZone).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
};

/** When clocks in the zone show this: the second time if they do so twice; if they skip it, as much later as they skip. */
export const instantAt = (local: number, timeZone: string): Date => {
  const assuming = (offsetAt: number): Date =>
    new Date(local - (localTime(new Date(offsetAt), timeZone) - offsetAt));
  const [before, after] = [assuming(local - DAY), assuming(local + DAY)];
  return localTime(after, timeZone) === local ? after : before;
};

/** The midnight at the beginning of a local day. */
export const midnightOf = (local: number): number => local - (local % DAY);

/** Of `HH:MM`, milliseconds after midnight. */
export const timeOfDay = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * HOUR + minutes * MINUTE;
};
