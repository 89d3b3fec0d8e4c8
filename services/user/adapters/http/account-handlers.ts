import { fingerprint } from '#adapters/http/fingerprint.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/user.ts';
import type { makeRegisterUser } from '../../core/application/register-user.ts';
import type { makeUpdateProfile } from '../../core/application/update-profile.ts';
import type { UserQueries } from '../../core/ports/user-queries.ts';
import { mayChange, mayRead } from './access.ts';
import type { UserCode } from './errors.ts';
import { fromUser, refusalOf, toName } from './mapping.ts';

export interface AccountUseCases {
  readonly registerUser: ReturnType<typeof makeRegisterUser>;
  readonly updateProfile: ReturnType<typeof makeUpdateProfile>;
  readonly queries: UserQueries;
}

type AccountOperations = Pick<operations, 'registerUser' | 'getProfile' | 'updateProfile'>;

export const makeAccountHandlers = (accounts: AccountUseCases): Handlers<AccountOperations, UserCode> => ({
  registerUser: async ({ body: { email, password, ...names }, idempotency }) => {
    const key = idempotency && {
      ...idempotency,
      // The fingerprint is stored, and a digest of the body would be a digest of the password.
      fingerprint: fingerprint('POST', '/api/v1/users', { email, ...names }),
    };
    const registered = await accounts.registerUser({ email, password, ...toName(names) }, key);
    if (!registered.ok) return refusalOf(registered.error);
    const { userId, version } = registered.value;
    const headers = { ETag: etag(version), Location: `/api/v1/users/${userId}` };
    return { status: 201, headers, body: fromUser(registered.value) };
  },
  getProfile: async ({ path, principal }) => {
    const allowed = mayRead(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const user = await accounts.queries.find(path.user_id);
    if (!user) return refuse('USER_NOT_FOUND', 'There is no such user.');
    return { status: 200, headers: { ETag: etag(user.version) }, body: fromUser(user) };
  },
  updateProfile: async ({ path, body, principal, ifMatch }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const updated = await accounts.updateProfile({
      userId: path.user_id,
      basedOn: ifMatch,
      name: toName(body),
      avatarMediaId: body.avatar_media_id,
    });
    if (!updated.ok) return refusalOf(updated.error);
    return { status: 200, headers: { ETag: etag(updated.value.version) }, body: fromUser(updated.value) };
  },
});
