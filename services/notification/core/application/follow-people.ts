import { unknownPerson, withFact, type PersonFact } from '../domain/recipient.ts';
import type { NotificationTx } from '../ports/notification-tx.ts';

/** Keeps the addresses of users, by what events say about them, in any order. */
export const followPeople = async (
  { people }: Pick<NotificationTx, 'people'>,
  facts: readonly PersonFact[],
): Promise<void> => {
  const known = await people.findAll(facts.map(({ userId }) => userId));
  for (const [userId, ofUser] of Map.groupBy(facts, (fact) => fact.userId)) {
    const before = known.get(userId) ?? unknownPerson(userId);
    await people.save({ ...ofUser.reduce(withFact, before), version: before.version + 1 });
  }
};
