import type { PersonalData, PersonalRecord } from '#kernel/personal-data.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type {
  FactorQueries,
  SessionQueries,
  UserQueries,
  ViewQueries,
  WishQueries,
} from '../ports/user-queries.ts';
import type { UserTx } from '../ports/user-tx.ts';

const MOST_SESSIONS = 100;

/** What this service knows about a user: of users of the OIDC provider, lists only. It is erased with the account. */
export const makeOwnPersonalData = (
  users: UserQueries,
  sessions: SessionQueries,
  factors: FactorQueries,
  views: ViewQueries,
  wishes: WishQueries,
  unitOfWork: UnitOfWork<UserTx>,
): Pick<PersonalData, 'read'> => ({
  read: async ({ userId }) => {
    const user = await users.find(userId);
    const lists = [
      ...(await wishes.of(userId)).map(({ productId, addedAt }) => ({
        kind: 'wish',
        data: { productId, addedAt },
      })),
      ...(await views.ofOwner(userId)).map(({ list, name, query }) => ({
        kind: 'saved_view',
        data: { list, name, query },
      })),
    ];
    if (!user) return { items: lists };
    const {
      email,
      emailVerifiedAt,
      firstName,
      lastName,
      avatarMediaId,
      roles,
      createdAt,
      updatedAt,
      addresses,
    } = user;
    const account: PersonalRecord = {
      kind: 'account',
      data: { email, emailVerifiedAt, firstName, lastName, avatarMediaId, roles, createdAt, updatedAt },
    };
    const kept = await sessions.unended(userId, MOST_SESSIONS);
    const { totp, passkeys } = await factors.of(userId);
    const { methods } = await unitOfWork.run((tx) => tx.wallets.find(userId));
    return {
      items: [
        account,
        ...addresses.map(({ postal, ...address }) => ({ kind: 'address', data: { ...postal, ...address } })),
        ...(totp ? [{ kind: 'authenticator', data: { isConfirmed: totp.isConfirmed } }] : []),
        ...passkeys.map(({ name, addedAt }) => ({ kind: 'passkey', data: { name, addedAt } })),
        ...methods.map(({ token: _, ...method }) => ({ kind: 'payment_method', data: method })),
        ...lists,
        ...kept.map(({ device, startedAt, rotatedAt }) => ({
          kind: 'session',
          data: { device, startedAt, lastUsedAt: rotatedAt },
        })),
      ],
    };
  },
});
