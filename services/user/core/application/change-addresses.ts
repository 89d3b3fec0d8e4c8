import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  addAddress,
  changeAddress,
  removeAddress,
  type Address,
  type AddressBook,
  type AddressDraft,
  type NoSuchAddress,
  type TooManyAddresses,
} from '../domain/address.ts';
import { keepAddresses, type User } from '../domain/user.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';

export interface OfAddress {
  readonly userId: string;
  readonly addressId: string;
  /** The user's version that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
}

/** Loads the user, lets `decide` change the addresses, and saves them. */
const change = async <E>(
  { users }: UserTx,
  clock: Clock,
  userId: string,
  basedOn: number | undefined,
  decide: (book: AddressBook) => Result<AddressBook, E>,
): Promise<Result<User, E | NotCurrent>> => {
  const current = await findCurrent(users, userId, basedOn);
  if (!current.ok) return current;
  const decided = decide(current.value.addresses);
  if (!decided.ok) return decided;
  const changed = keepAddresses(current.value, decided.value, clock.now());
  await users.save(changed);
  return ok(changed);
};

/** The new address, and the account's version with it. Plain JSON. */
export interface AddedAddress {
  readonly address: Address;
  readonly version: number;
}

/** Only this use case stores outcomes under its keys. */
const parseOutcome = (outcome: unknown): AddedAddress => outcome as AddedAddress;

/** Returns the address as added, also to a retry after later changes. */
export const makeAddAddress =
  (unitOfWork: UnitOfWork<UserTx>, ids: Ids, clock: Clock) =>
  (
    userId: string,
    draft: AddressDraft,
    key?: IdempotencyKey,
  ): Promise<Result<AddedAddress, TooManyAddresses | NotCurrent | IdempotencyRefusal>> =>
    once(
      unitOfWork,
      key,
      parseOutcome,
      async (tx): Promise<Result<AddedAddress, TooManyAddresses | NotCurrent>> => {
        const addressId = ids.next();
        const added = await change(tx, clock, userId, undefined, (book) =>
          addAddress(book, draft, addressId),
        );
        if (!added.ok) return added;
        const { addresses, version } = added.value;
        const address = addresses.find((one) => one.addressId === addressId);
        if (!address) throw new Error('an address that was just added is gone');
        return ok({ address, version });
      },
    );

export const makeUpdateAddress =
  (unitOfWork: UnitOfWork<UserTx>, clock: Clock) =>
  (
    { userId, addressId, basedOn }: OfAddress,
    draft: AddressDraft,
  ): Promise<Result<User, NoSuchAddress | NotCurrent>> =>
    unitOfWork.run((tx) =>
      change(tx, clock, userId, basedOn, (book) => changeAddress(book, addressId, draft)),
    );

export const makeRemoveAddress =
  (unitOfWork: UnitOfWork<UserTx>, clock: Clock) =>
  ({ userId, addressId, basedOn }: OfAddress): Promise<Result<User, NoSuchAddress | NotCurrent>> =>
    unitOfWork.run((tx) => change(tx, clock, userId, basedOn, (book) => removeAddress(book, addressId)));
