import type { Address } from '../../core/domain/address.ts';
import type { User } from '../../core/domain/user.ts';
import type { AddressRow, UserRow } from './user.entities.ts';

const toAddress = (row: AddressRow): Address => ({
  addressId: row.addressId,
  postal: {
    recipient: row.recipient,
    line1: row.line1,
    ...(typeof row.line2 === 'string' ? { line2: row.line2 } : {}),
    city: row.city,
    ...(typeof row.region === 'string' ? { region: row.region } : {}),
    postalCode: row.postalCode,
    country: row.country,
    ...(typeof row.phone === 'string' ? { phone: row.phone } : {}),
  },
  defaultShipping: row.defaultShipping,
  defaultBilling: row.defaultBilling,
});

/** @param row with its addresses loaded */
export const toUser = (row: UserRow): User => ({
  userId: row.userId,
  version: row.version,
  email: row.email,
  emailVerifiedAt: row.emailVerifiedAt ?? undefined,
  firstName: row.firstName,
  lastName: row.lastName,
  roles: [...row.roles],
  avatarMediaId: row.avatarMediaId ?? undefined,
  deactivatedAt: row.deactivatedAt ?? undefined,
  passwordHash: row.passwordHash,
  credentials: row.credentials,
  logouts: row.logouts,
  addresses: row.addresses.getItems().map(toAddress),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

const fromAddress = ({ addressId, postal, defaultShipping, defaultBilling }: Address, position: number) => ({
  addressId,
  position,
  ...postal,
  line2: postal.line2 ?? null,
  region: postal.region ?? null,
  phone: postal.phone ?? null,
  defaultShipping,
  defaultBilling,
});

/** An address keeps its position; new ones come last. */
export const fromUser = (user: User, known: readonly AddressRow[] = []) => {
  const positions = new Map(known.map(({ addressId, position }) => [addressId, position]));
  const last = Math.max(0, ...positions.values());
  const addresses = user.addresses.map((address, index) =>
    fromAddress(address, positions.get(address.addressId) ?? last + 1 + index),
  );
  return {
    ...user,
    emailVerifiedAt: user.emailVerifiedAt ?? null,
    avatarMediaId: user.avatarMediaId ?? null,
    deactivatedAt: user.deactivatedAt ?? null,
    roles: [...user.roles],
    addresses,
  };
};
