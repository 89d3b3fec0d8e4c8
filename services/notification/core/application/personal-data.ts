import { after, type Clock } from '#kernel/clock.ts';
import { CLAIMS_MS, countsOf, type PersonalData, type PersonalRecord } from '#kernel/personal-data.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { emptyDigest } from '../domain/digest.ts';
import { initialPreferences } from '../domain/preferences.ts';
import { forgotten, unknownPerson } from '../domain/recipient.ts';
import type { Notification } from '../domain/notification.ts';
import type { NotificationFilter, NotificationQueries } from '../ports/notification-queries.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

const PAGE = 100;
/** Messages that one unit deletes. */
const AT_ONCE = 500;

const shown = ({
  kind,
  channel,
  orderId,
  recipient,
  subject,
  status,
  createdAt,
  settledAt,
}: Notification) => ({
  event: kind,
  channel,
  orderId,
  recipient,
  subject,
  status,
  createdAt,
  settledAt,
});

/** Messages that are not sent yet stay until they are, and until the log of them is deleted like that of all others. */
export const makePersonalData = (
  unitOfWork: UnitOfWork<NotificationTx>,
  queries: NotificationQueries,
): PersonalData => {
  const pageOf = async (request: NotificationFilter & { readonly cursor?: string | undefined }) => {
    const page = await queries.page({ ...request, limit: PAGE });
    if (!page.ok) throw new Error(page.error.detail);
    return page.value;
  };
  const own = async (userId: string): Promise<readonly PersonalRecord[]> => {
    const [person, preferences] = [await queries.person(userId), await queries.preferences(userId)];
    const [watched, digest] = [await queries.alerts.ofUser(userId), await queries.digest(userId)];
    const { id: _, version: __, ...chosen } = preferences ?? initialPreferences(userId);
    return [
      ...(person?.address ? [{ kind: 'recipient', data: { ...person.address } }] : []),
      ...(preferences ? [{ kind: 'preferences', data: chosen }] : []),
      ...watched.map((alert) => ({ kind: 'alert', data: { ...alert } })),
      ...(digest?.items ?? []).map((item) => ({ kind: 'waiting', data: { ...item } })),
    ];
  };
  return {
    read: async ({ userId }, cursor) => {
      const { items, next } = await pageOf({ userId, cursor });
      const messages = items.map((one) => ({ kind: 'message', data: shown(one) }));
      return { items: cursor === undefined ? [...(await own(userId)), ...messages] : messages, next };
    },
    erase: async ({ userId, email }) => {
      const erased = await unitOfWork.run(async (tx) => {
        const { people, preferences, suppressions, notifications, alerts, digests } = tx;
        const person = (await people.find(userId)) ?? unknownPerson(userId);
        const chosen = await preferences.find(userId);
        if (!person.isErased) {
          await people.save(forgotten(person));
          if (chosen) await preferences.save({ ...initialPreferences(userId), version: chosen.version + 1 });
        }
        if (email !== undefined) await suppressions.forget(email);
        const watched = await alerts.ofUser(userId);
        for (const { variantId } of watched) await alerts.remove(userId, variantId);
        const digest = await digests.find(userId);
        if (digest?.dueAt !== undefined)
          await digests.save({ ...emptyDigest(userId), version: digest.version + 1 });
        return {
          alerts: watched.length,
          recipients: person.address ? 1 : 0,
          messages: await notifications.forgetOf(userId, AT_ONCE),
        };
      });
      const waiting = (await pageOf({ userId, statuses: ['pending'] })).items;
      const count = waiting.filter(({ kind }) => kind !== 'user.erasure_requested').length; // the notice of it is on its way
      return {
        isDone: erased.messages < AT_ONCE,
        erased: countsOf(
          { kind: 'recipients', count: erased.recipients },
          { kind: 'alerts', count: erased.alerts },
          { kind: 'notifications', count: erased.messages },
        ),
        kept: countsOf({ kind: 'notifications', count, reason: 'open_order' }),
      };
    },
  };
};

/** Deletes the log of messages about which no claim is made any longer. */
export const makeForgetOld =
  (unitOfWork: UnitOfWork<NotificationTx>, clock: Clock) => async (): Promise<void> => {
    const horizon = after(clock.now(), -CLAIMS_MS);
    for (;;) {
      const deleted = await unitOfWork.run(({ notifications }) =>
        notifications.forgetBefore(horizon, AT_ONCE),
      );
      if (deleted < AT_ONCE) return;
    }
  };
