import type { PersonalData, PersonalRecord } from '#kernel/personal-data.ts';
import type { SessionQueries, UserQueries } from '../ports/user-queries.ts';

const MOST_SESSIONS = 100;

/** What this service knows about a user. It is erased with the account. */
export const makeOwnPersonalData = (
  users: UserQueries,
  sessions: SessionQueries,
): Pick<PersonalData, 'read'> => ({
  read: async ({ userId }) => {
    const user = await users.find(userId);
    if (!user) return { items: [] };
    const { email, emailVerifiedAt, firstName, lastName, roles, createdAt, updatedAt, addresses } = user;
    const account: PersonalRecord = {
      kind: 'account',
      data: { email, emailVerifiedAt, firstName, lastName, roles, createdAt, updatedAt },
    };
    const kept = await sessions.unended(userId, MOST_SESSIONS);
    return {
      items: [
        account,
        ...addresses.map(({ postal, ...address }) => ({ kind: 'address', data: { ...postal, ...address } })),
        ...kept.map(({ device, startedAt, rotatedAt }) => ({
          kind: 'session',
          data: { device, startedAt, lastUsedAt: rotatedAt },
        })),
      ],
    };
  },
});
