import { describe, expect, it } from 'vitest';
import { refusal } from '../../test/fake-shop.ts';
import { fakePages, guest, pageOf } from '../../test/pages.ts';
import { makeMailedLinks } from './mailed-links.ts';

const LINK = 'https://shop.example/reset-password#token=mailed-token';

describe('a forgotten password', () => {
  it('leads to a mail to the address as it is stored', async () => {
    const { pages, commands } = fakePages();
    const outcome = await makeMailedLinks(pages).requestReset(guest, ' Sam@Example.com ');
    expect(pageOf(outcome, 'password-reset')).toMatchObject({ isSent: true, faults: [] });
    expect(commands).toEqual([['requestPasswordReset', 'sam@example.com']]);
  });

  it('is replaced with the link of the mail', async () => {
    const { pages, commands } = fakePages();
    const outcome = await makeMailedLinks(pages).setPassword(guest, LINK, 'battery staple 8');
    expect(outcome).toEqual({ kind: 'see', to: '/login?notice=PASSWORD_SET' });
    expect(commands).toEqual([['resetPassword', 'mailed-token', 'battery staple 8']]);
  });

  it.each([
    ['INVALID_RESET_TOKEN', 'token'],
    ['WEAK_PASSWORD', 'password'],
    ['TOO_MANY_ATTEMPTS', undefined],
  ])('that is refused with %s keeps the token and shows it at the field %j', async (code, field) => {
    const { pages } = fakePages({ resetPassword: () => Promise.resolve(refusal(code)) });
    const outcome = await makeMailedLinks(pages).setPassword(guest, LINK, 'password');
    expect(pageOf(outcome, 'password-reset')).toMatchObject({
      isSent: true,
      entered: { token: 'mailed-token' },
      faults: [{ field, message: code }],
    });
  });

  it('says which field is not valid', async () => {
    const errors = [{ pointer: '/new_password', message: 'is too short' }];
    const { pages } = fakePages({
      resetPassword: () => Promise.resolve(refusal('VALIDATION_FAILED', { errors })),
    });
    const outcome = await makeMailedLinks(pages).setPassword(guest, LINK, 'short');
    expect(pageOf(outcome, 'password-reset').faults).toEqual([
      { field: 'password', message: 'is too short' },
    ]);
  });
});

describe('an e-mail address', () => {
  it('is proven with the token of the mail', async () => {
    const { pages, commands } = fakePages();
    const links = makeMailedLinks(pages);
    expect(await links.confirmEmail(guest, 'mailed-token ')).toEqual({
      kind: 'see',
      to: '/confirm-email?notice=EMAIL_CONFIRMED',
    });
    expect(commands).toEqual([['confirmEmail', 'mailed-token']]);
    const page = pageOf(await links.showConfirmation(guest, 'EMAIL_CONFIRMED'), 'email-confirmation');
    expect(page.isConfirmed).toBe(true);
  });

  it('is not proven with a used token', async () => {
    const { pages } = fakePages({
      confirmEmail: () => Promise.resolve(refusal('INVALID_EMAIL_TOKEN')),
    });
    const outcome = await makeMailedLinks(pages).confirmEmail(guest, 'used');
    expect(pageOf(outcome, 'email-confirmation')).toMatchObject({
      isConfirmed: false,
      faults: [{ field: 'token', message: 'INVALID_EMAIL_TOKEN' }],
    });
  });
});
