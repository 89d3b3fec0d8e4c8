import { describe, expect, it } from 'vitest';
import { order, ORDER, refusal } from '../../test/fake-shop.ts';
import { customer, fakePages, guest, guestWithCart, pageOf, signedIn } from '../../test/pages.ts';
import { makeLogIn, makeRegister, makeShowAccount, makeShowLogin } from './account.ts';

const FORM = {
  email: 'sam@example.com',
  password: 'correct horse 7',
  challenge: '',
  code: '',
  returnTo: '/',
};
const REGISTRATION = { email: FORM.email, password: FORM.password, firstName: 'Sam', lastName: 'S' };

describe('a login', () => {
  it('keeps the guest cart if that cannot be merged', async () => {
    const { pages } = fakePages({ mergeCart: () => Promise.resolve(refusal('CART_CLOSED')) });
    const outcome = await makeLogIn(pages)(guestWithCart, FORM);
    expect(outcome).toMatchObject({ kind: 'see', session: { grant: { access_token: 'access' } } });
    expect(outcome).not.toHaveProperty('session.cart');
  });

  it('merges nothing if there is no guest cart', async () => {
    const { pages, commands } = fakePages();
    await makeLogIn(pages)(guest, FORM);
    expect(commands.map(([name]) => name)).toEqual(['logIn']);
  });

  it('asks for the code again if it was wrong', async () => {
    const { pages } = fakePages({ proveFactor: () => Promise.resolve(refusal('WRONG_CODE')) });
    const outcome = await makeLogIn(pages)(guest, { ...FORM, challenge: 'c-7', code: '000000' });
    expect(pageOf(outcome, 'login')).toMatchObject({
      challenge: 'c-7',
      faults: [{ field: undefined, message: 'WRONG_CODE' }],
    });
  });

  it('says how long to wait after too many attempts', async () => {
    const refused = refusal('TOO_MANY_ATTEMPTS', { retryAfterMs: 61_000 });
    const { pages } = fakePages({ logIn: () => Promise.resolve(refused) });
    const page = pageOf(await makeLogIn(pages)(guest, FORM), 'login');
    expect(page.faults).toEqual([{ field: undefined, message: 'TOO_MANY_ATTEMPTS', minutes: 2 }]);
  });

  it('begins with the password again if its challenge has expired', async () => {
    const { pages } = fakePages({ proveFactor: () => Promise.resolve(refusal('CHALLENGE_EXPIRED')) });
    const outcome = await makeLogIn(pages)(guest, { ...FORM, challenge: 'c-7', code: '000000' });
    expect(pageOf(outcome, 'login').challenge).toBeUndefined();
  });
});

describe('the page to log in', () => {
  it('leads to the provider if there is one, and from there back to where the visitor was', async () => {
    const { pages } = fakePages();
    const atShop = await makeShowLogin(pages)(guest, '/checkout', undefined);
    expect(pageOf(atShop, 'login').providerHref).toBeUndefined();
    const request = { ...guest, visit: { ...guest.visit, hasProvider: true } };
    const atProvider = await makeShowLogin(pages)(request, '/checkout?delivery=1', undefined);
    expect(pageOf(atProvider, 'login').providerHref).toBe(
      '/bff/login/shop?return_to=%2Fcheckout%3Fdelivery%3D1',
    );
  });
});

describe('a registration', () => {
  it.each([
    ['WEAK_PASSWORD', 'password'],
    ['INVALID_NAME', 'first_name'],
    ['TOO_MANY_REQUESTS', undefined],
  ])('that is refused with %s shows it at the field %j', async (code, field) => {
    const { pages } = fakePages({ register: () => Promise.resolve(refusal(code)) });
    const outcome = await makeRegister(pages)(guest, REGISTRATION, undefined);
    expect(pageOf(outcome, 'registration')).toMatchObject({
      entered: { email: 'sam@example.com', first_name: 'Sam', last_name: 'S' },
      faults: [{ field, message: code }],
    });
  });

  it('shows what is wrong in each field', async () => {
    const errors = [
      { pointer: '/email', message: 'is not an e-mail address' },
      { pointer: '/last_name', message: 'is too long' },
    ];
    const { pages } = fakePages({
      register: () => Promise.resolve(refusal('VALIDATION_FAILED', { errors })),
    });
    const outcome = await makeRegister(pages)(guest, REGISTRATION, undefined);
    expect(pageOf(outcome, 'registration').faults).toEqual([
      { field: 'email', message: 'is not an e-mail address' },
      { field: 'last_name', message: 'is too long' },
    ]);
  });

  it('of an address that has an account says only that a mail is on its way', async () => {
    const { pages } = fakePages({ logIn: () => Promise.resolve(refusal('INVALID_CREDENTIALS')) });
    const outcome = await makeRegister(pages)(guest, REGISTRATION, '/checkout');
    expect(pageOf(outcome, 'login')).toMatchObject({
      returnTo: '/checkout',
      entered: { email: 'sam@example.com' },
      faults: [{ field: undefined, message: 'CHECK_YOUR_MAIL' }],
    });
  });
});

describe('the account', () => {
  it('lists the orders with the names of their first items', async () => {
    const items = ['Lamp', 'Desk', 'Chair', 'Rug'].flatMap((name) =>
      order.items.map((item) => ({ ...item, name })),
    );
    const { pages } = fakePages({
      orders: () => Promise.resolve({ items: [{ ...order, items }], next: undefined }),
    });
    const page = pageOf(await makeShowAccount(pages)(signedIn, customer, undefined, 'NOTICE'), 'account');
    expect(page).toMatchObject({ notice: 'NOTICE', name: 'Sam', email: 'sam@example.com' });
    expect(page.orders).toEqual([
      {
        href: `/orders/${ORDER}`,
        number: 'K7QM-2X9F',
        date: '1 March 2026',
        status: 'shipped',
        summary: 'Lamp, Desk, Chair',
        total: '€121.41',
      },
    ]);
    expect(page.nextHref).toBeUndefined();
  });

  it('leads to older orders', async () => {
    const asked: unknown[][] = [];
    const { pages } = fakePages({
      orders: (...parameters) => {
        asked.push(parameters);
        return Promise.resolve({ items: [], next: 'b&c' });
      },
    });
    const page = pageOf(await makeShowAccount(pages)(signedIn, customer, 'a', undefined), 'account');
    expect(page.nextHref).toBe('/account?cursor=b%26c');
    expect(asked).toEqual([[customer.userId, 'a']]);
  });
});
