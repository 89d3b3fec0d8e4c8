import { DAY, HOUR } from '#kernel/clock.ts';
import type { StoredDocument } from '#kernel/documents.ts';
import type { AlertPart } from './alert.ts';
import { instantAt, localTime, midnightOf } from '#kernel/local-time.ts';
import { isDaily, isOn, type Preferences } from './preferences.ts';
import { soonest, type Hours } from './quiet-hours.ts';

/** What waits for the next digest of a user. The document has the ID of the user. */
export interface Digest extends StoredDocument {
  /** Each once. */
  readonly items: readonly AlertPart[];
  /** When it is due, ISO 8601; absent while nothing waits. */
  readonly dueAt?: string;
}

export const emptyDigest = (userId: string): Digest => ({ id: userId, version: 0, items: [] });

export const isSamePart = (one: AlertPart, other: AlertPart): boolean =>
  one.kind === other.kind && one.variantId === other.variantId;

/**
 * The next time at which clocks of the recipient show the hour, outside their quiet hours.
 * @param hour 0 to 23
 */
export const nextDigestAt = (now: Date, hour: number, hours: Hours): Date => {
  const midnight = midnightOf(localTime(now, hours.timeZone));
  const onDay = (days: number): Date =>
    soonest(instantAt(midnight + days * DAY + hour * HOUR, hours.timeZone), hours);
  const yesterday = onDay(-1); // may have been put off until today
  const today = onDay(0);
  return yesterday > now ? yesterday : today > now ? today : onDay(1);
};

/** When what waits is due: at the next digest, or as soon as possible if its recipient wants some of it at once now. */
const dueFor = (items: readonly AlertPart[], preferences: Preferences, now: Date, hour: number): Date =>
  items.some(({ kind }) => isOn(preferences, kind, 'email') && !isDaily(preferences, kind))
    ? soonest(now, preferences)
    : nextDigestAt(now, hour, preferences);

/** With these items; their time stays as it is if the digest already has one. */
export const withItems = (
  { id, version, dueAt }: Pick<Digest, 'id' | 'version' | 'dueAt'>,
  items: readonly AlertPart[],
  preferences: Preferences,
  now: Date,
  hour: number,
): Digest => ({
  id,
  version: version + 1,
  items,
  ...(items.length > 0 && { dueAt: dueAt ?? dueFor(items, preferences, now, hour).toISOString() }),
});

/** After these items were looked at: what has come meanwhile waits for the next one. */
export const afterSending = (
  { id, version, items }: Digest,
  done: readonly AlertPart[],
  preferences: Preferences,
  now: Date,
  hour: number,
): Digest => {
  const left = items.filter((item) => !done.some((one) => isSamePart(one, item)));
  return withItems({ id, version }, left, preferences, now, hour);
};

/** After its recipient has changed the preferences; unchanged if it is already on its way, or nothing waits. */
export const retimed = (digest: Digest, preferences: Preferences, now: Date, hour: number): Digest => {
  if (digest.dueAt === undefined || Date.parse(digest.dueAt) <= now.getTime()) return digest;
  const dueAt = dueFor(digest.items, preferences, now, hour).toISOString();
  return dueAt === digest.dueAt ? digest : { ...digest, version: digest.version + 1, dueAt };
};
