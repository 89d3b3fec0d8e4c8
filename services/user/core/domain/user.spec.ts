import { describe, expect, it } from 'vitest';
import { checkName, fullName, keepAddresses, openAccount, reconfigure, changeProfile } from './user.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2026-03-02T12:00:00Z');
const configured = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  passwordHash: 'hash',
  roles: ['admin', 'moderator'],
};
const user = openAccount({ ...configured, email: ' Ada@Example.COM', emailVerifiedAt: NOW }, 'user', NOW);

describe('an account', () => {
  it('has its e-mail address in one spelling', () => {
    expect(user.email).toBe('ada@example.com');
  });

  it('begins without addresses, and keeps added ones', () => {
    expect(user.addresses).toEqual([]);
    const postal = {
      recipient: 'Ada',
      line1: '12 Square',
      city: 'London',
      postalCode: 'SW1Y',
      country: 'GB',
    };
    const addresses = [{ addressId: 'a', postal, defaultShipping: true, defaultBilling: true }];
    expect(keepAddresses(user, addresses, LATER)).toEqual({
      ...user,
      addresses,
      version: 2,
      updatedAt: LATER,
    });
  });

  it('counts its changes', () => {
    expect(changeProfile(user, { firstName: 'Augusta', lastName: 'King' }, undefined, LATER)).toEqual({
      ...user,
      firstName: 'Augusta',
      lastName: 'King',
      version: 2,
      updatedAt: LATER,
    });
  });

  it('is unchanged by the same configuration', () => {
    expect(reconfigure(user, { ...configured, roles: ['moderator', 'admin'] }, LATER)).toBeUndefined();
  });

  it.each([
    { firstName: 'Augusta' },
    { lastName: 'King' },
    { roles: ['admin'] },
    { roles: ['admin', 'customer'] },
  ])('takes %j from configuration, and its sessions continue', (change) => {
    expect(reconfigure(user, { ...configured, ...change }, LATER)).toMatchObject({
      ...change,
      version: 2,
      credentials: 1,
    });
  });

  it('needs no proof of its address once it is configured', () => {
    const registered = { ...user, emailVerifiedAt: undefined };
    expect(reconfigure(registered, configured, LATER)).toMatchObject({ emailVerifiedAt: LATER, version: 2 });
  });

  it('takes a new password from configuration, and its sessions end', () => {
    expect(reconfigure(user, { ...configured, passwordHash: 'other' }, LATER)).toMatchObject({
      passwordHash: 'other',
      version: 2,
      credentials: 2,
    });
  });

  it('is called by both names, or by the only one', () => {
    expect(fullName(user)).toBe('Ada Lovelace');
    expect(fullName({ firstName: 'Ada', lastName: '' })).toBe('Ada');
  });
});

describe('a name', () => {
  it('is refused if it reads like a message in any part', () => {
    expect(checkName({ firstName: 'Ada', lastName: 'King-Noel' })).toMatchObject({ ok: true });
    expect(checkName({ firstName: 'see evil.example', lastName: 'Ada\n' })).toMatchObject({
      error: {
        code: 'INVALID_NAME',
        flaws: [
          { part: 'firstName', message: expect.stringContaining('address') },
          { part: 'lastName', message: expect.stringContaining('invisible') },
        ],
      },
    });
  });
});
