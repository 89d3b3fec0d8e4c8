import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** MikroORM's mapping of an account: the user, and the addresses as separate rows. */
export const UserEntity = defineEntity({
  name: 'User',
  schema: 'users',
  tableName: 'users',
  properties: {
    userId: p.uuid().primary(),
    // Counted by the domain; MikroORM updates only the version that it has loaded.
    version: p.integer().concurrencyCheck(),
    email: p.text(),
    emailVerifiedAt: p.datetime(3).nullable(),
    firstName: p.text(),
    lastName: p.text(),
    roles: p.array(),
    avatarMediaId: p.uuid().nullable(),
    deactivatedAt: p.datetime(3).nullable(),
    passwordHash: p.text(),
    credentials: p.integer(),
    logouts: p.integer(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    addresses: () => p.oneToMany(AddressEntity).mappedBy('user').orphanRemoval().orderBy({ position: 'asc' }),
  },
});

export const AddressEntity = defineEntity({
  name: 'Address',
  schema: 'users',
  tableName: 'addresses',
  properties: {
    addressId: p.uuid().primary(),
    user: () => p.manyToOne(UserEntity).fieldName('user_id'),
    position: p.integer(),
    recipient: p.text(),
    line1: p.text(),
    line2: p.text().nullable(),
    city: p.text(),
    region: p.text().nullable(),
    postalCode: p.text(),
    country: p.character().length(2),
    phone: p.text().nullable(),
    defaultShipping: p.boolean(),
    defaultBilling: p.boolean(),
  },
});

export type UserRow = InferEntity<typeof UserEntity>;
export type AddressRow = InferEntity<typeof AddressEntity>;
