import { etag, type Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/user.ts';
import type {
  makeAddAddress,
  makeRemoveAddress,
  makeUpdateAddress,
} from '../../core/application/change-addresses.ts';
import type { User } from '../../core/domain/user.ts';
import type { UserQueries } from '../../core/ports/user-queries.ts';
import { mayChange, mayRead } from './access.ts';
import type { UserCode } from './errors.ts';
import { fromAddress, toAddressDraft } from './mapping.ts';

export interface AddressUseCases {
  readonly addAddress: ReturnType<typeof makeAddAddress>;
  readonly updateAddress: ReturnType<typeof makeUpdateAddress>;
  readonly removeAddress: ReturnType<typeof makeRemoveAddress>;
  readonly queries: UserQueries;
}

type AddressOperations = Pick<operations, 'listAddresses' | 'addAddress' | 'updateAddress' | 'removeAddress'>;

const NO_ADDRESS = refuse('ADDRESS_NOT_FOUND', 'There is no such address.');

const addressOf = (user: User | undefined, addressId: string) =>
  user?.addresses.find((address) => address.addressId === addressId);

/** Their `ETag` is the account's, because it guards the defaults, which span all addresses. */
export const makeAddressHandlers = (users: AddressUseCases): Handlers<AddressOperations, UserCode> => ({
  listAddresses: async ({ path, principal }) => {
    const allowed = mayRead(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const user = await users.queries.find(path.user_id);
    if (!user) return refuse('USER_NOT_FOUND', 'There is no such user.');
    const headers = { ETag: etag(user.version) };
    return { status: 200, headers, body: { items: user.addresses.map(fromAddress) } };
  },
  addAddress: async ({ path, body, principal, idempotency }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const draft = toAddressDraft(body);
    if (!draft.ok) return draft;
    const added = await users.addAddress(path.user_id, draft.value, idempotency);
    if (!added.ok) return added;
    const { address, version } = added.value;
    const location = `/api/v1/users/${path.user_id}/addresses/${address.addressId}`;
    const headers = { ETag: etag(version), Location: location };
    return { status: 201, headers, body: fromAddress(address) };
  },
  updateAddress: async ({ path, body, principal, ifMatch }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const draft = toAddressDraft(body);
    if (!draft.ok) return draft;
    const which = { userId: path.user_id, addressId: path.address_id, basedOn: ifMatch };
    const updated = await users.updateAddress(which, draft.value);
    if (!updated.ok) return updated;
    const address = addressOf(updated.value, path.address_id);
    if (!address) return NO_ADDRESS;
    return { status: 200, headers: { ETag: etag(updated.value.version) }, body: fromAddress(address) };
  },
  removeAddress: async ({ path, principal, ifMatch }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const which = { userId: path.user_id, addressId: path.address_id, basedOn: ifMatch };
    const removed = await users.removeAddress(which);
    return removed.ok ? { status: 204 } : removed;
  },
});
