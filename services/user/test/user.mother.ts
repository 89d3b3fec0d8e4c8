import { systemIds } from '#adapters/system/ids.ts';
import type { Address, PostalAddress } from '../core/domain/address.ts';
import type { User } from '../core/domain/user.ts';
import type { PaymentMethod } from '../core/domain/wallet.ts';

let count = 0;

export const aPostalAddress = (changes: Partial<PostalAddress> = {}): PostalAddress => ({
  recipient: 'Ada Lovelace',
  line1: '12 St James’s Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
  ...changes,
});

export const anAddress = (changes: Partial<Address> = {}): Address => ({
  addressId: systemIds.next(),
  postal: aPostalAddress(),
  defaultShipping: false,
  defaultBilling: false,
  ...changes,
});

export const aPaymentMethod = (changes: Partial<PaymentMethod> = {}): PaymentMethod => ({
  paymentMethodId: systemIds.next(),
  token: 'sealed',
  brand: 'Visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2031,
  isDefault: true,
  addedAt: '2026-03-01T12:00:00.000Z',
  ...changes,
});

export const aUser = (changes: Partial<User> = {}): User => {
  count += 1;
  return {
    userId: systemIds.next(),
    version: 1,
    email: `user-${count}@example.com`,
    firstName: 'Ada',
    lastName: 'Lovelace',
    roles: ['customer'],
    passwordHash: `hash ${count}`,
    credentials: 1,
    logouts: 0,
    addresses: [],
    createdAt: new Date('2026-02-01T10:00:00Z'),
    updatedAt: new Date('2026-02-01T10:00:00Z'),
    ...changes,
  };
};
