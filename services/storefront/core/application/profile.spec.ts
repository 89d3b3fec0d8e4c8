import { describe, expect, it } from 'vitest';
import { refusal } from '../../test/fake-shop.ts';
import { customer, fakePages, ofProvider, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { makeProfilePages } from './profile.ts';

const opened = (changes: Partial<Shop> = {}) => {
  const { pages, ...noted } = fakePages(changes);
  return { profile: makeProfilePages(pages), ...noted };
};

describe('the profile', () => {
  it('shows name and address, and whether the address is confirmed', async () => {
    const { profile } = opened();
    expect(pageOf(await profile.show(signedIn, customer, 'SAVED'), 'profile')).toMatchObject({
      notice: 'SAVED',
      email: 'sam@example.com',
      isEmailConfirmed: false,
      entered: { first_name: 'Sam', last_name: 'Shopper' },
    });
  });

  it('of a user of the OIDC provider is what that says of them', async () => {
    const { profile } = opened({ profile: () => Promise.reject(new Error('there is no such user')) });
    const outcome = await profile.show(ofProvider, customer, undefined);
    expect(pageOf(outcome, 'provider-profile')).toMatchObject({ name: 'Sam', email: 'sam@example.com' });
  });

  it('takes another name', async () => {
    const { profile, commands } = opened();
    const outcome = await profile.changeName(signedIn, customer, { firstName: 'Samuel', lastName: 'S' });
    expect(outcome).toEqual({ kind: 'see', to: '/account/profile?notice=SAVED' });
    expect(commands).toEqual([['changeName', customer.userId, 'Samuel', 'S']]);
  });

  it('shows a name that is refused, with its fault', async () => {
    const { profile } = opened({ changeName: () => Promise.resolve(refusal('INVALID_NAME')) });
    const outcome = await profile.changeName(signedIn, customer, { firstName: 'www.x.de', lastName: 'S' });
    expect(pageOf(outcome, 'profile')).toMatchObject({
      entered: { first_name: 'www.x.de', last_name: 'S' },
      faults: [{ field: 'first_name', message: 'INVALID_NAME' }],
    });
  });
});

describe('another e-mail address', () => {
  it('is mailed a link', async () => {
    const { profile, commands } = opened();
    const outcome = await profile.changeEmail(signedIn, customer, 'Sam@Example.org', 'correct horse 7');
    expect(outcome).toEqual({ kind: 'see', to: '/account/profile?notice=EMAIL_MAILED' });
    expect(commands).toEqual([['changeEmail', customer.userId, 'sam@example.org', 'correct horse 7']]);
  });

  it.each([
    [refusal('WRONG_PASSWORD'), 'email_password'],
    [
      refusal('VALIDATION_FAILED', { errors: [{ pointer: '/new_email', message: 'is no address' }] }),
      'email',
    ],
  ])('needs the password and an address', async (refused, field) => {
    const { profile } = opened({ changeEmail: () => Promise.resolve(refused) });
    const page = pageOf(await profile.changeEmail(signedIn, customer, 'x', 'wrong'), 'profile');
    expect(page.faults).toMatchObject([{ field }]);
    expect(page.entered).toMatchObject({ email: 'x' });
  });

  it('that is not confirmed gets another link, or the reason why not', async () => {
    const { profile } = opened();
    expect(await profile.mailConfirmation(signedIn, customer)).toMatchObject({
      to: '/account/profile?notice=CONFIRMATION_MAILED',
    });
    const refusing = opened({ mailConfirmation: () => Promise.resolve(refusal('USER_NOT_FOUND')) });
    expect(await refusing.profile.mailConfirmation(signedIn, customer)).toMatchObject({
      to: '/account/profile?notice=USER_NOT_FOUND',
    });
  });
});

describe('another password', () => {
  const CHANGE = { current: 'correct horse 7', next: 'battery staple 8' };

  it('keeps the session, with the new proof of the device', async () => {
    const { profile, commands } = opened();
    const outcome = await profile.changePassword(signedIn, customer, CHANGE);
    expect(outcome).toMatchObject({
      to: '/account/profile?notice=PASSWORD_CHANGED',
      session: { device: 'new-device' },
    });
    expect(commands.map(([name]) => name)).toEqual(['changePassword']);
  });

  it.each([
    ['WRONG_PASSWORD', 'current_password'],
    ['WEAK_PASSWORD', 'password'],
  ])('that is refused with %s shows it at the field %s', async (code, field) => {
    const { profile } = opened({ changePassword: () => Promise.resolve(refusal(code)) });
    const page = pageOf(await profile.changePassword(signedIn, customer, CHANGE), 'profile');
    expect(page.faults).toEqual([{ field, message: code }]);
    expect(JSON.stringify(page)).not.toContain('horse');
  });
});
