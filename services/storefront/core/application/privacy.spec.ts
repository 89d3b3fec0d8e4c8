import { describe, expect, it } from 'vitest';
import { refusal } from '../../test/fake-shop.ts';
import { customer, fakePages, ofProvider, pageOf, signedIn } from '../../test/pages.ts';
import { makePrivacy } from './privacy.ts';

describe('the forms', () => {
  it.each([
    [signedIn, true],
    [ofProvider, false],
  ])('ask for the password of an account', async (request, needsPassword) => {
    const { pages } = fakePages();
    const page = pageOf(await makePrivacy(pages).show(request, customer, undefined), 'privacy');
    expect(page.needsPassword).toBe(needsPassword);
  });
});

describe('the export', () => {
  it('is a file for those who know the password', async () => {
    const { pages, commands } = fakePages();
    const exported = await makePrivacy(pages).exportData(signedIn, customer, 'correct horse 7');
    expect(exported.ok).toBe(true);
    expect(commands).toEqual([['exportData', customer.userId, 'correct horse 7']]);
  });

  it('says why there is no file', async () => {
    const { pages } = fakePages({ exportData: () => Promise.resolve(refusal('WRONG_PASSWORD')) });
    expect(await makePrivacy(pages).exportData(signedIn, customer, 'wrong')).toEqual({
      ok: false,
      error: { kind: 'see', to: '/account/privacy?notice=WRONG_PASSWORD' },
    });
  });
});

describe('the erasure', () => {
  it('ends account and session', async () => {
    const { pages, commands } = fakePages();
    const erasure = { password: 'correct horse 7', isConfirmed: true };
    expect(await makePrivacy(pages).erase(signedIn, customer, erasure)).toEqual({
      kind: 'see',
      to: '/login?notice=ERASED',
      session: { ended: true },
    });
    expect(commands).toEqual([['erase', customer.userId, 'correct horse 7']]);
  });

  it('does nothing unless it is confirmed', async () => {
    const { pages, commands } = fakePages();
    const erasure = { password: 'correct horse 7', isConfirmed: false };
    expect(await makePrivacy(pages).erase(signedIn, customer, erasure)).toEqual({
      kind: 'see',
      to: '/account/privacy?notice=NOT_CONFIRMED',
    });
    expect(commands).toEqual([]);
  });

  it('that is refused ends no session', async () => {
    const { pages } = fakePages({ erase: () => Promise.resolve(refusal('STAFF_ACCOUNT')) });
    const erasure = { password: 'correct horse 7', isConfirmed: true };
    expect(await makePrivacy(pages).erase(signedIn, customer, erasure)).toEqual({
      kind: 'see',
      to: '/account/privacy?notice=STAFF_ACCOUNT',
    });
  });
});

describe('mails', () => {
  it('can be chosen with their language', async () => {
    const { pages, commands } = fakePages();
    const privacy = makePrivacy(pages);
    expect(pageOf(await privacy.showMails(signedIn, customer, undefined), 'mails')).toMatchObject({
      language: 'en',
      kinds: [{ kind: 'order.delivered', isWanted: true }, { kind: 'price.dropped' }],
    });
    expect(await privacy.chooseMails(signedIn, customer, 'de', [])).toMatchObject({
      to: '/account/mails?notice=SAVED',
    });
    expect(commands).toEqual([['chooseMails', customer.userId, 'de', []]]);
  });
});
