import type { Clock } from '#kernel/clock.ts';
import type { Cause } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import { isLess, isWanted, type Alert, type AlertPart } from '../domain/alert.ts';
import { afterSending, emptyDigest, isSamePart, retimed, withItems } from '../domain/digest.ts';
import type { AlertKind } from '../domain/kinds.ts';
import type { Cheaper, Facts, Watched } from '../domain/news.ts';
import { initialPreferences, isOn, type Preferences } from '../domain/preferences.ts';
import { provenAddress } from '../domain/recipient.ts';
import type { AlertRepository } from '../ports/alerts.ts';
import type { Neighbours, Offer } from '../ports/neighbours.ts';
import type { NotificationQueries } from '../ports/notification-queries.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';
import type { makeScheduleMails, Reported } from './schedule-mails.ts';

/** A digest as it was when its task was scheduled. */
export interface DueDigest {
  readonly userId: string;
  /** ISO 8601. */
  readonly dueAt: string;
}

export interface DigestTools {
  readonly clock: Clock;
  /** When digests are sent, on the clock of each recipient: 0 to 23. */
  readonly hour: number;
  /** The task that sends a digest, in its stored format. */
  readonly toTask: (due: DueDigest) => NewTask;
}

type Tx = Pick<NotificationTx, 'alerts' | 'digests' | 'tasks'>;

/**
 * Keeps a message for the next digest. The alert goes on until that is sent, so that it survives what may happen meanwhile.
 * @returns false if the message already waits, or its recipient no longer wants it
 */
export const makeHold =
  ({ clock, hour, toTask }: DigestTools) =>
  async ({ alerts, digests, tasks }: Tx, preferences: Preferences, part: AlertPart): Promise<boolean> => {
    const { id: userId } = preferences;
    const watched = await alerts.ofUser(userId);
    const isStillWanted = (one: AlertPart): boolean => watched.some((alert) => isWanted(alert, one));
    const digest = (await digests.find(userId)) ?? emptyDigest(userId);
    if (!isStillWanted(part) || digest.items.some((one) => isSamePart(one, part))) return false;
    const items = [...digest.items.filter(isStillWanted), part];
    const next = withItems(digest, items, preferences, clock.now(), hour);
    await digests.save(next);
    if (next.dueAt !== undefined) await tasks.schedule(toTask({ userId, dueAt: next.dueAt }));
    return true;
  };

/** Moves what waits for a digest when its recipient has changed the preferences. */
export const makeRetime =
  ({ clock, hour, toTask }: DigestTools) =>
  async ({ digests, tasks }: Omit<Tx, 'alerts'>, preferences: Preferences): Promise<void> => {
    const digest = await digests.find(preferences.id);
    const next = digest && retimed(digest, preferences, clock.now(), hour);
    if (next?.dueAt === undefined || digest?.dueAt === undefined || next === digest) return;
    await digests.save(next);
    await tasks.complete(toTask({ userId: next.id, dueAt: digest.dueAt }).key);
    await tasks.schedule(toTask({ userId: next.id, dueAt: next.dueAt }));
  };

/** What a digest says, and what it has looked at. */
export interface Collected {
  readonly items: readonly AlertPart[];
  /** Absent if nothing is left to say. */
  readonly facts?: Facts['alerts.digest'];
}

type Queries = Pick<NotificationQueries, 'digest' | 'person' | 'preferences' | 'alerts'>;

/**
 * Finds what a digest says, with the prices and stock of now.
 * @returns undefined if it was sent or moved
 */
export const makeCollect =
  (queries: Queries, neighbours: Pick<Neighbours, 'offers' | 'stock'>) =>
  async ({ userId, dueAt }: DueDigest): Promise<Collected | undefined> => {
    const digest = await queries.digest(userId);
    if (digest?.dueAt !== dueAt) return undefined;
    const { items } = digest;
    const [person, found, watched] = await Promise.all([
      queries.person(userId),
      queries.preferences(userId),
      queries.alerts.ofUser(userId),
    ]);
    const owner = person && provenAddress(person);
    const preferences = found ?? initialPreferences(userId);
    const wanted = items.filter(({ kind }) => isOn(preferences, kind, 'email'));
    const alertsFor = (kind: AlertKind): readonly Alert[] =>
      watched.filter((alert) => wanted.some((one) => one.kind === kind && isWanted(alert, one)));
    const [forStock, forPrice] = [alertsFor('stock.available'), alertsFor('price.dropped')];
    if (!owner || forStock.length + forPrice.length === 0) return { items };
    const [offers, stock] = await Promise.all([
      neighbours.offers([...new Set([...forStock, ...forPrice].map(({ variantId }) => variantId))]),
      neighbours.stock(forStock.map(({ variantId }) => variantId)),
    ]);
    const offerOf = ({ variantId }: Alert): Offer | undefined =>
      offers.find((offer) => offer.variantId === variantId);
    const available = forStock.flatMap((alert): readonly Watched[] => {
      const offer = offerOf(alert);
      return offer && (stock.get(alert.variantId) ?? 0) > 0 ? [watchedIn(offer)] : [];
    });
    const cheaper = forPrice.flatMap((alert): readonly Cheaper[] => {
      const offer = offerOf(alert);
      return offer && alert.below && isLess(offer.price, alert)
        ? [{ ...watchedIn(offer), before: alert.below }]
        : [];
    });
    return { items, facts: { ...owner, available, cheaper } };
  };

const watchedIn = ({ variantId, name: product, price }: Offer): Watched => ({ variantId, product, price });

/** What was collected for the digest of a task, and the cause of the task. */
export interface CollectedFor {
  readonly due: DueDigest;
  readonly collected: Collected | undefined;
  readonly cause: Cause;
}

/**
 * Sends digests: each once, because only the first unit that ends it finds it with this time. What has come meanwhile waits for
 * the next one. An empty digest is not sent.
 * @param idOf the ID of the message
 */
export const makeSendDigests =
  (
    { clock, hour, toTask }: DigestTools,
    scheduleMails: ReturnType<typeof makeScheduleMails>,
    idOf: (...parts: readonly string[]) => string,
  ) =>
  async (tx: NotificationTx, done: readonly CollectedFor[]): Promise<void> => {
    const reported: Reported[] = [];
    for (const { due, collected, cause } of done) {
      const { userId, dueAt } = due;
      const digest = await tx.digests.find(userId);
      if (!collected || digest?.dueAt !== dueAt) continue;
      const preferences = (await tx.preferences.find(userId)) ?? initialPreferences(userId);
      const next = afterSending(digest, collected.items, preferences, clock.now(), hour);
      await tx.digests.save(next);
      if (next.dueAt !== undefined) await tx.tasks.schedule(toTask({ userId, dueAt: next.dueAt }));
      if (!collected.facts) continue;
      const { facts } = collected;
      const available = await served(tx.alerts, userId, 'stock.available', facts.available);
      const cheaper = await served(tx.alerts, userId, 'price.dropped', facts.cheaper);
      if (available.length + cheaper.length === 0) continue;
      const eventId = idOf('digest', userId, dueAt);
      const news = {
        eventId,
        kind: 'alerts.digest',
        userId,
        facts: { ...facts, available, cheaper },
      } as const;
      reported.push({ news, cause });
    }
    await scheduleMails(tx, reported);
  };

/** Ends the alerts that lines are about. @returns the lines whose alerts had not ended */
const served = async <Line extends Watched>(
  alerts: AlertRepository,
  userId: string,
  kind: AlertKind,
  lines: readonly Line[],
): Promise<readonly Line[]> => {
  const found: Line[] = [];
  for (const line of lines)
    if (await alerts.end(userId, { kind, variantId: line.variantId })) found.push(line);
  return found;
};
