import { describe, expect, it } from 'vitest';
import { CARD, SESSION } from '../../test/fake-account.ts';
import { refusal } from '../../test/fake-shop.ts';
import { customer, fakePages, pageOf, signedIn } from '../../test/pages.ts';
import { makeAccountLists } from './account-lists.ts';

describe('saved cards', () => {
  it('are shown by their last digits', async () => {
    const { pages } = fakePages();
    const page = pageOf(await makeAccountLists(pages).showCards(signedIn, customer, undefined), 'cards');
    expect(page.cards).toEqual([
      { cardId: CARD, text: 'Visa •••• 4242', expires: '03/2031', isDefault: true },
    ]);
  });

  it('can be removed', async () => {
    const { pages, commands } = fakePages();
    const outcome = await makeAccountLists(pages).removeCard(signedIn, customer, CARD);
    expect(outcome).toEqual({ kind: 'see', to: '/account/cards?notice=REMOVED' });
    expect(commands).toEqual([['removeCard', customer.userId, CARD]]);
  });
});

describe('logins', () => {
  it('are shown by browser and system', async () => {
    const { pages } = fakePages();
    const page = pageOf(
      await makeAccountLists(pages).showSessions(signedIn, customer, undefined),
      'sessions',
    );
    expect(page.sessions).toEqual([
      { sessionId: SESSION, device: 'Firefox, Linux', lastUsed: '1 Mar 2026, 13:00', isCurrent: false },
    ]);
  });

  it('can be ended, one or all others', async () => {
    const { pages, commands } = fakePages();
    const lists = makeAccountLists(pages);
    await lists.endSession(signedIn, customer, SESSION);
    const outcome = await lists.endOtherSessions(signedIn, customer);
    expect(outcome).toMatchObject({ to: '/account/sessions?notice=SESSION_ENDED' });
    expect(commands).toEqual([
      ['endSession', customer.userId, SESSION],
      ['endOtherSessions', customer.userId],
    ]);
  });

  it('that have ended already say so', async () => {
    const { pages } = fakePages({ endSession: () => Promise.resolve(refusal('SESSION_NOT_FOUND')) });
    expect(await makeAccountLists(pages).endSession(signedIn, customer, SESSION)).toMatchObject({
      to: '/account/sessions?notice=SESSION_NOT_FOUND',
    });
  });
});
