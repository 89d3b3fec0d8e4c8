import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTestService, type Answered } from '#test/kit/http.ts';
import { compose } from '../main/compose.ts';
import { storefront } from '../main/module.ts';
import type { Shop } from '../core/ports/shop.ts';
import { ok } from '#kernel/result.ts';
import { CARD, PASSWORD, SESSION } from './fake-account.ts';
import { RETURN } from './fake-returns.ts';
import {
  cart,
  fakeShop,
  ITEM,
  LAMP,
  MEDIA,
  OWN_REVIEW,
  OAK,
  order,
  ORDER,
  product,
  refusal,
  ADDRESS,
  USER,
} from './fake-shop.ts';

const PAYMENT = 'https://pay.example';
const ENV = {
  STOREFRONT_PUBLIC_URL: 'https://shop.example',
  STOREFRONT_PAYMENT_URL: PAYMENT,
};

/** Pages are tested as they are built. */
beforeAll(() => {
  execFileSync(process.execPath, ['scripts/faces.ts', 'storefront'], {
    cwd: new URL('../../../', import.meta.url),
  });
});

const open = async (changes: Partial<Shop> = {}, env: Readonly<Record<string, string>> = {}) => {
  const shop = fakeShop(changes);
  const module = {
    ...storefront,
    compose: (toolbox: Parameters<typeof compose>[0]) => compose(toolbox, { shopFor: shop.shopFor }),
  };
  const { url, toolbox } = await openTestService('memory', module as typeof storefront, {
    env: { ...ENV, ...env },
  });
  const ask = async (method: string, path: string, more: RequestInit = {}): Promise<Answered> => {
    const response = await fetch(url + path, { method, redirect: 'manual', ...more });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  const authorization = `Bearer ${await toolbox.tokenOf(USER)}`;
  const form = (path: string, fields: Readonly<Record<string, string>>, headers = {}): Promise<Answered> =>
    ask('POST', path, { headers, body: new URLSearchParams(fields) });
  return { ...shop, ask, form, authorization };
};

const visit = (fields: object): { readonly 'shop-visit': string } => ({
  'shop-visit': Buffer.from(JSON.stringify({ language: 'en', ...fields })).toString('base64url'),
});

/** What the gateway is asked to keep. */
const sessionOf = ({ headers }: Answered): unknown => {
  const header = headers.get('shop-session');
  return header === null ? undefined : JSON.parse(Buffer.from(header, 'base64url').toString());
};

const PRODUCT = `/products/${LAMP}/desk-lamp`;

describe('a public page', () => {
  it.each([
    '/',
    '/categories/lamps',
    '/collections/summer',
    '/search?q=lamp',
    PRODUCT,
    '/login',
    '/register',
    '/reset-password',
    '/confirm-email',
  ])('%s is a page without inline scripts and styles, and with an ETag', async (path) => {
    const { ask } = await open();
    const { status, headers, body } = await ask('GET', path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('etag')).toMatch(/^W\/"/);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self'");
    expect(body).not.toMatch(/<style|style="| on[a-z]+="|<script(?! type="(module" src="|application\/ld))/);
  });

  it('of a collection shows its picture, also where it is shared', async () => {
    const { ask } = await open();
    const { body } = await ask('GET', '/collections/summer');
    expect(body).toMatch(/<img src="\/api\/v1\/media\/files\/beach.webp"[^>]+alt="A beach"/);
    expect(body).toContain(
      'property="og:image" content="https://shop.example/api/v1/media/files/beach.webp"',
    );
  });

  it.each(['/', '/categories/lamps', '/collections/summer', PRODUCT])(
    '%s contains nothing of its visitor',
    async (path) => {
      const { ask, visits, authorization } = await open();
      const personal = {
        token: 'secret-token',
        cart: { id: 'c-9', token: 'secret-cart' },
        origin: 'https://x.y',
      };
      const plain = await ask('GET', path);
      const signedIn = await ask('GET', path, { headers: { ...visit(personal), authorization } });
      expect(signedIn.body).toBe(plain.body);
      expect(visits.length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['/', 'https://shop.example/'],
    ['/categories/lamps', 'https://shop.example/categories/lamps'],
    ['/collections/summer', 'https://shop.example/collections/summer'],
    [`${PRODUCT}?variant=${OAK}`, `https://shop.example${PRODUCT}`],
  ])('%s has its canonical address', async (path, canonical) => {
    const { ask } = await open();
    expect((await ask('GET', path)).body).toContain(`<link rel="canonical" href="${canonical}"/>`);
  });

  it.each(['/search?q=lamp', '/login', '/categories/lamps?cursor=abc', '/collections/summer?cursor=abc'])(
    '%s is not for search engines',
    async (path) => {
      const { ask } = await open();
      expect((await ask('GET', path)).body).toContain('<meta name="robots" content="noindex"/>');
    },
  );

  it.each([
    '/categories/none',
    '/collections/none',
    `/products/${USER}/none`,
    '/search?category=none&q=x',
    '/assets/none.js',
  ])('%s does not exist', async (path) => {
    const { ask } = await open();
    expect((await ask('GET', path)).status).toBe(404);
  });

  it('speaks the language of the visit', async () => {
    const { ask } = await open();
    const { body } = await ask('GET', PRODUCT, { headers: visit({ language: 'de' }) });
    expect(body).toContain('<html lang="de">');
    expect(body).toContain('In den Warenkorb');
    expect(body).toContain('49,90');
  });

  it.each(['x', Buffer.from('{"language":"fr"}').toString('base64url')])(
    'refuses the visit %s, which the gateway did not write',
    async (header) => {
      const { ask } = await open();
      expect((await ask('GET', '/', { headers: { 'shop-visit': header } })).status).toBe(400);
    },
  );

  it('refers to files that can be kept for ever', async () => {
    const { ask } = await open();
    const { body } = await ask('GET', '/');
    const files = [...String(body).matchAll(/\/assets\/[\w.-]+/g)].map(([file]) => file);
    expect(files).toHaveLength(3);
    for (const file of files) {
      const { status, headers } = await ask('GET', file);
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });
});

describe('the part of the header for the visitor', () => {
  it('counts the units in the cart of a customer, and is not cached', async () => {
    const { ask, authorization } = await open();
    const { headers, body } = await ask('GET', '/parts/header', { headers: { authorization } });
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(body).toContain('<span aria-hidden="true">2</span>');
  });

  it('counts nothing for a guest without a cart', async () => {
    const { ask } = await open();
    const { body } = await ask('GET', '/parts/header');
    expect(body).toContain('href="/cart"');
    expect(body).not.toContain('class="badge"');
  });
});

describe('the part of a page with recommended products', () => {
  const list = (query: string) => `/parts/shelf?list=for_you&${query}`;

  it('has the reason for each, as text, and nothing of its visitor', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const { ask, visits, authorization } = await open({
      product: () => Promise.resolve({ ...product, name }),
    });
    const path = list(`item=${LAMP}.viewed.${OAK}`);
    const { body } = await ask('GET', path, { headers: { ...visit({ token: 'secret' }), authorization } });
    expect(body).toContain('For you');
    expect(body).toContain('Because you looked at &lt;img src=x');
    expect(body).not.toContain('<img src=x');
    expect(visits.length).toBeGreaterThan(0);
  });

  it('leaves out a reason that it does not know, and one whose product is gone', async () => {
    const { ask } = await open();
    const { body } = await ask('GET', list(`item=${LAMP}.by_magic&item=${LAMP}.viewed.${OAK}`));
    expect(body).toContain('Desk lamp');
    expect(body).not.toContain('class="because"');
  });

  it('is empty where no product is left', async () => {
    const { ask } = await open();
    expect(await ask('GET', list(`item=${OAK}`))).toMatchObject({ status: 200, body: '' });
  });

  it.each(['', `item=${LAMP}.`, `item=x`, `item=${'-'.repeat(36)}`, `item=${LAMP}&`.repeat(13)])(
    'refuses the list “%s”',
    async (query) => {
      const { ask } = await open();
      expect((await ask('GET', list(query))).status).toBe(400);
    },
  );
});

describe('the part of a product’s page for its author', () => {
  const PART = `/parts/reviews/${LAMP}`;

  it('has their review, as text, and leads to its form', async () => {
    const title = '<img src=x onerror=alert(1)>';
    const { ask, authorization } = await open({
      ownReview: () => Promise.resolve({ ...OWN_REVIEW, title, text: title }),
    });
    const { headers, body } = await ask('GET', PART, { headers: { authorization } });
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(body).toContain(`href="/account/reviews/${LAMP}"`);
    expect(body).toContain('&lt;img src=x');
    expect(body).not.toContain('<img src=x');
  });

  it('is empty for guests', async () => {
    const { ask } = await open();
    expect((await ask('GET', PART)).body).toBe('');
  });
});

describe('the language', () => {
  it('is kept in the session, and leads back to the page', async () => {
    const { form } = await open();
    const answer = await form('/language', { language: 'de', return_to: '/cart' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/cart']);
    expect(sessionOf(answer)).toEqual({ language: 'de' });
  });

  it('does not lead elsewhere', async () => {
    const { form } = await open();
    const { headers } = await form('/language', { language: 'de', return_to: '//evil.example' });
    expect(headers.get('location')).toBe('/');
  });
});

describe('the page of a product', () => {
  it.each([
    [`/products/${LAMP}`, PRODUCT],
    [`/products/${LAMP}/old-name?variant=${OAK}`, `${PRODUCT}?variant=${OAK}`],
  ])('%s has moved to its address', async (path, location) => {
    const { ask } = await open();
    const { status, headers } = await ask('GET', path);
    expect([status, headers.get('location')]).toEqual([301, location]);
  });

  it('describes the product for search engines', async () => {
    const { ask } = await open();
    const { body } = await ask('GET', PRODUCT);
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(String(body)) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      '@type': 'Product',
      name: 'Desk lamp',
      offers: [
        { price: '49.90', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
        { price: '54.90', availability: 'https://schema.org/OutOfStock' },
      ],
    });
  });

  it('leads to the forms for reviews and questions, and shows the questions', async () => {
    const answers = [{ text: 'Very.', author: 'The Shop', isOfShop: true }];
    const question = { text: 'Is it bright?', author: 'Eve S.', at: new Date(0), answers };
    const { ask } = await open({ questions: () => Promise.resolve([question]) });
    const { body } = await ask('GET', PRODUCT);
    expect(body).toContain(`href="/account/reviews/${LAMP}"`);
    expect(body).toContain(`href="/account/questions/${LAMP}"`);
    for (const text of ['Is it bright?', 'Eve S.', 'Very.']) expect(body).toContain(text);
  });

  it('shows hostile texts as texts', async () => {
    const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\'&';
    const evil = {
      ...product,
      name: hostile,
      description: hostile,
      brand: hostile,
      specifications: { [hostile]: hostile },
    };
    const media = [{ url: '/large.webp', thumbnail: '/thumb.webp' }];
    const review = { stars: 5, title: hostile, text: hostile, author: hostile, at: new Date(0), isVerified: true, reply: hostile, media }; // prettier-ignore
    const { ask } = await open({
      product: () => Promise.resolve({ ...evil, slug: 'desk-lamp' }),
      reviews: () => Promise.resolve({ average: 5, count: 1, histogram: [0, 0, 0, 0, 1], items: [review] }),
    });
    const { status, body } = await ask('GET', PRODUCT);
    expect(status).toBe(200);
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('<img src=x');
    expect(String(body).match(/<script/g)).toHaveLength(3);
  });

  it('reflects what was searched for as a text', async () => {
    const { ask } = await open();
    const { body } = await ask('GET', `/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(body).not.toContain('<script>alert');
  });
});

describe('the cart', () => {
  const LINE = { product_id: LAMP, variant_id: OAK, quantity: '2' };

  it('of a guest is opened by the first item, and kept in the session', async () => {
    const { form, commands } = await open();
    const answer = await form('/cart/items', LINE);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/cart?notice=ADDED']);
    expect(sessionOf(answer)).toEqual({ cart: { id: 'c-1', token: 'c-1.signed' } });
    expect(commands.map(([name]) => name)).toEqual(['newGuestCart', 'addToCart']);
  });

  it('of a guest is opened again when it has been merged elsewhere', async () => {
    let tries = 0;
    const { form } = await open({
      addToCart: () =>
        Promise.resolve((tries += 1) === 1 ? refusal('CART_CLOSED') : { ok: true, value: cart }),
    });
    const answer = await form('/cart/items', LINE, visit({ cart: { id: 'c-0', token: 'old' } }));
    expect(sessionOf(answer)).toEqual({ cart: { id: 'c-1', token: 'c-1.signed' } });
  });

  it('of a customer is the account’s', async () => {
    const { form, commands, authorization } = await open();
    const answer = await form('/cart/items', LINE, { authorization });
    expect(sessionOf(answer)).toBeUndefined();
    expect(commands).toEqual([['addToCart', USER, { productId: LAMP, variantId: OAK, quantity: 2 }]]);
  });

  it('says why an item could not be added', async () => {
    const { form, ask, authorization } = await open({
      addToCart: () => Promise.resolve(refusal('OUT_OF_STOCK')),
    });
    const { headers } = await form('/cart/items', LINE, { authorization });
    const { body } = await ask('GET', headers.get('location') ?? '', { headers: { authorization } });
    expect(body).toContain('There are not that many left in stock');
  });

  it.each([
    [{ quantity: '5' }, 5],
    [{ quantity: '0' }, 0],
    [{ quantity: '5', remove: '1' }, 0],
  ])('changes by %j to %d units', async (fields, units) => {
    const { form, commands, authorization } = await open();
    await form(`/cart/items/${ITEM}`, fields, { authorization });
    expect(commands).toEqual([['changeItem', USER, ITEM, units]]);
  });

  it.each([
    { ...LINE, quantity: '100' },
    { ...LINE, quantity: '-1' },
    { ...LINE, variant_id: 'x' },
    { ...LINE, price: '0' },
  ])('refuses the form %j', async (fields) => {
    const { form, commands } = await open();
    expect((await form('/cart/items', fields)).status).toBe(400);
    expect(commands).toEqual([]);
  });

  it('refuses what is no form', async () => {
    const { ask } = await open();
    const headers = { 'content-type': 'application/json' };
    const { status } = await ask('POST', '/cart/items', { headers, body: JSON.stringify(LINE) });
    expect(status).toBe(415);
  });
});

describe('a login', () => {
  const CREDENTIALS = { email: 'sam@example.com', password: 'correct horse 7' };

  it('gives the tokens to the gateway only, and merges the guest cart', async () => {
    const { form, commands } = await open();
    const cartOfGuest = { cart: { id: 'c-0', token: 'guest-token' } };
    const answer = await form('/login', { ...CREDENTIALS, return_to: '/checkout' }, visit(cartOfGuest));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/checkout']);
    expect(sessionOf(answer)).toMatchObject({ grant: { access_token: 'access' }, cart: null });
    expect(commands).toContainEqual(['mergeCart', USER, 'guest-token']);
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '/\n/evil'])(
    'does not lead to %j',
    async (returnTo) => {
      const { form } = await open();
      const { headers } = await form('/login', { ...CREDENTIALS, return_to: returnTo });
      expect(headers.get('location')).toBe('/');
    },
  );

  it('that is refused shows the form again, without the password', async () => {
    const { form } = await open({ logIn: () => Promise.resolve(refusal('INVALID_CREDENTIALS')) });
    const { status, body } = await form('/login', CREDENTIALS);
    expect(status).toBe(200);
    expect(body).toContain('The e-mail address or the password is wrong.');
    expect(body).toContain('sam@example.com');
    expect(body).not.toContain(CREDENTIALS.password);
  });

  it('asks for the code of a second factor, and takes it', async () => {
    const { form, commands } = await open({
      logIn: () => Promise.resolve(refusal('SECOND_FACTOR_REQUIRED', { challenge: 'c-7' })),
    });
    expect((await form('/login', CREDENTIALS)).body).toContain('name="challenge" value="c-7"');
    const answer = await form('/login', { challenge: 'c-7', code: '123456' });
    expect(answer.status).toBe(303);
    expect(commands).toContainEqual(['proveFactor', 'c-7', '123456']);
  });

  it('ends when the customer logs out', async () => {
    const { ask } = await open();
    const answer = await ask('POST', '/logout');
    expect([answer.status, sessionOf(answer)]).toEqual([303, { ended: true }]);
  });
});

describe('a registration', () => {
  const FORM = { email: 'sam@example.com', password: 'correct horse 7', first_name: 'Sam', last_name: 'S' };

  it('logs in', async () => {
    const { form } = await open();
    expect(sessionOf(await form('/register', FORM))).toMatchObject({ grant: { access_token: 'access' } });
  });

  it('says which field is not valid', async () => {
    const { form } = await open({ register: () => Promise.resolve(refusal('WEAK_PASSWORD')) });
    const { body } = await form('/register', FORM);
    expect(body).toContain('This password is too easy to guess.');
    expect(body).toContain('aria-invalid="true"');
    expect(body).not.toContain(FORM.password);
  });
});

describe('the checkout', () => {
  const ORDER_FORM = {
    address: ADDRESS,
    delivery: 'dhl:standard',
    cart_version: '3',
    expected_total: '121.41',
    currency: 'EUR',
    quote_token: 'quote-token',
    payment_token: 'tok_1',
  };

  it('of a guest keeps their address in the session, and their order', async () => {
    const token = `${ORDER}.1803816000.signature`;
    const { ask, form } = await open({ placeOrder: () => Promise.resolve(ok({ ...order, token })) });
    const fields = { email: 'gail@example.com', recipient: 'Gail', line1: 'Street 1', city: 'Berlin', postal_code: '10178', country: 'DE' }; // prettier-ignore
    const guest = { cart: { id: 'c-0', token: 'guest-token' } };
    const first = await ask('GET', '/checkout', { headers: visit(guest) });
    expect(first.body).toContain('action="/checkout/guest"');

    const entered = await form('/checkout/guest', fields, visit(guest));
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/checkout']);
    const { draft } = sessionOf(entered) as { draft: string };
    const second = await ask('GET', '/checkout', { headers: visit({ ...guest, draft }) });
    expect(second.body).toContain('gail@example.com');
    expect(second.body).toContain('Pay by card');

    const { address: _, ...ordered } = ORDER_FORM;
    const placed = await form('/checkout', ordered, visit({ ...guest, draft }));
    expect(placed.headers.get('location')).toBe(`/orders/${ORDER}?placed=1`);
    expect(sessionOf(placed)).toEqual({ order: token, draft: null });
    const shown = await ask('GET', `/orders/${ORDER}`, { headers: visit({ orders: [token] }) });
    expect(shown.body).toContain('Order K7QM-2X9F');
  });

  it('forgets an address that another version of the pages has kept', async () => {
    const { ask } = await open();
    const guest = { cart: { id: 'c-0', token: 'guest-token' }, draft: '{"mail":"old"}' };
    const { status, body } = await ask('GET', '/checkout', { headers: visit(guest) });
    expect(status).toBe(200);
    expect(body).not.toContain('Pay by card');
  });

  it('offers payment first, and the order once a card has been entered', async () => {
    const { ask, authorization } = await open();
    const before = await ask('GET', '/checkout', { headers: { authorization } });
    expect(before.body).toContain('Pay by card');
    expect(before.body).not.toContain('Order and pay');
    const after = await ask('GET', '/checkout?payment_token=tok_1&card=visa', { headers: { authorization } });
    expect(after.body).toContain('Order and pay €121.41');
    expect(after.headers.get('content-security-policy')).toContain(`form-action 'self' ${PAYMENT}`);
    expect(after.headers.get('cache-control')).toBe('private, no-store');
  });

  it('leads to the payment gateway, which returns to the address that the visitor uses', async () => {
    const { ask, authorization } = await open();
    const { status, headers } = await ask('GET', `/checkout/card?address=${ADDRESS}&delivery=dhl%3Aexpress`, {
      headers: { ...visit({ origin: 'https://www.shop.example' }), authorization },
    });
    expect(status).toBe(303);
    const location = new URL(headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe(`${PAYMENT}/pay`);
    expect(location.searchParams.get('return_to')).toBe(
      `https://www.shop.example/checkout?address=${ADDRESS}&delivery=dhl%3Aexpress`,
    );
  });

  it('shows both prices if the total is not the one that was seen', async () => {
    const { ask, authorization } = await open();
    const { body } = await ask('GET', '/checkout?seen_total=99.00', { headers: { authorization } });
    expect(body).toContain('The price has changed from €99.00 to €121.41.');
  });

  it('places the order that was shown', async () => {
    const { form, commands, authorization } = await open();
    const { status, headers } = await form('/checkout', ORDER_FORM, { authorization });
    expect([status, headers.get('location')]).toEqual([303, `/orders/${ORDER}?placed=1`]);
    expect(commands).toMatchObject([
      [
        'placeOrder',
        { cartVersion: 3, optionId: 'dhl:standard', total: { minor: 12_141 }, paymentToken: 'tok_1' },
      ],
    ]);
  });

  it.each([
    ['PRICE_CHANGED', /^\/checkout\?.*payment_token=tok_1.*seen_total=121\.41&notice=PRICE_CHANGED$/],
    ['OUT_OF_STOCK', /^\/checkout\?.*notice=OUT_OF_STOCK$/],
    ['CART_ALREADY_ORDERED', /^\/account\?notice=CART_ALREADY_ORDERED$/],
    ['CART_EMPTY', /^\/cart\?notice=CART_EMPTY$/],
  ])('says why the order was refused with %s, and orders nothing', async (code, location) => {
    const { form, authorization } = await open({ placeOrder: () => Promise.resolve(refusal(code)) });
    const { headers } = await form('/checkout', ORDER_FORM, { authorization });
    expect(headers.get('location')).toMatch(location);
  });

  it('does not deliver to the address of another account', async () => {
    const { form, commands, authorization } = await open({ addresses: () => Promise.resolve([]) });
    const { headers } = await form('/checkout', ORDER_FORM, { authorization });
    expect(headers.get('location')).toContain('notice=INVALID_ADDRESS');
    expect(commands).toEqual([]);
  });

  it('shows the form again for an address that is not valid in its country', async () => {
    const fault = { pointer: '/postal_code', message: 'is not a postal code of DE' };
    const { form, authorization } = await open({
      addAddress: () => Promise.resolve(refusal('INVALID_ADDRESS', { errors: [fault] })),
    });
    const fields = { recipient: 'Sam', line1: 'Street 1', city: 'Berlin', postal_code: '1', country: 'DE' };
    const { status, body } = await form('/checkout/addresses', fields, { authorization });
    expect(status).toBe(200);
    expect(body).toContain('Please check the postal code for this country.');
    expect(body).toContain('value="Street 1"');
  });

  it('leads to the cart if that is empty', async () => {
    const empty = { version: 0, items: [], subtotal: undefined };
    const { ask, authorization } = await open({ cart: () => Promise.resolve(empty) });
    const { headers } = await ask('GET', '/checkout', { headers: { authorization } });
    expect(headers.get('location')).toBe('/cart?notice=CART_EMPTY');
  });
});

describe('the page of an order', () => {
  it('shows its progress, and is shown again without a script', async () => {
    const { ask, authorization } = await open();
    const { body } = await ask('GET', `/orders/${ORDER}?placed=1`, { headers: { authorization } });
    expect(body).toContain('Thank you for your order!');
    expect(body).toContain('<noscript><meta http-equiv="refresh"');
    expect(body).toContain('JJD1');
  });

  it('is opened by a guest with the link of a mail, without a script by number and address', async () => {
    const { ask, form } = await open();
    const { body } = await ask('GET', `/orders/${ORDER}`);
    expect(body).toContain(`action="/orders/${ORDER}/access" data-island="order-link"`);
    const token = `${ORDER}.1803816000.signature`;
    const opened = await form(`/orders/${ORDER}/access`, { token }, visit({}));
    expect(sessionOf(opened)).toEqual({ order: token });
    const tracked = await form('/track', { number: 'K7QM-2X9F', email: 'sam@example.com' });
    expect(tracked.body).toContain('JJD1');
    const cancelled = await form(`/orders/${ORDER}/cancel`, {}, visit({ orders: [token] }));
    expect(cancelled.headers.get('location')).toBe(`/orders/${ORDER}`);
  });

  it('has the label of an approved return to download', async () => {
    const { ask, authorization } = await open({});
    const get = async (returnId: string) =>
      ask('GET', `/orders/${ORDER}/returns/${returnId}/label`, { headers: { authorization } });
    const { status, headers, body } = await get(RETURN.returnId);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(String(body)).toMatch(/^%PDF/);
    expect((await get(ORDER)).status).toBe(404);
  });

  it('has an invoice to download, if there is one', async () => {
    const { ask, authorization } = await open({ invoice: () => Promise.resolve(Buffer.from('%PDF-1.3')) });
    const { status, headers, body } = await ask('GET', `/orders/${ORDER}/invoice`, {
      headers: { authorization },
    });
    expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(headers.get('content-disposition')).toBe('attachment; filename="invoice.pdf"');
    expect(body).toBe('%PDF-1.3');
    const unpaid = await open({ invoice: () => Promise.resolve(undefined) });
    expect((await unpaid.ask('GET', `/orders/${ORDER}/invoice`)).status).toBe(404);
  });

  it('has the credit notes of its refunds to download', async () => {
    const { ask, authorization } = await open();
    const get = (number: string) =>
      ask('GET', `/orders/${ORDER}/credit-notes/${number}`, { headers: { authorization } });
    const { status, headers } = await get('CN-000007');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(headers.get('content-disposition')).toBe('attachment; filename="CN-000007.pdf"');
    expect((await get('CN-000008')).status).toBe(404);
    expect((await get('../CN')).status).toBe(404);
    const { body } = await ask('GET', `/orders/${ORDER}`, { headers: { authorization } });
    for (const path of ['invoice', 'credit-notes/CN-000007'])
      expect(body).toContain(`href="/orders/${ORDER}/${path}" download`);
  });

  it('takes another address from a form, without a script', async () => {
    const { ask, form, commands, authorization } = await open();
    const path = `/orders/${ORDER}/address`;
    const { body } = await ask('GET', path, { headers: { authorization } });
    expect(body).toContain(`<form method="post" action="${path}"`);
    expect(body).toContain('name="version" value="3"');
    const fields = { version: '3', recipient: 'Sam', line1: 'Street 2', city: 'Berlin', postal_code: '10178', country: 'DE' }; // prettier-ignore
    const changed = await form(path, fields, { authorization });
    expect(changed.headers.get('location')).toBe(`/orders/${ORDER}?notice=ADDRESS_CHANGED`);
    expect(commands).toMatchObject([
      ['changeOrderAddress', ORDER, 3, { line1: 'Street 2', line2: undefined }],
    ]);
    const refused = await form(path, { ...fields, postal_code: '1' }, { authorization });
    expect(refused.status).toBe(200);
    expect(refused.body).toContain('id="postal_code-fault"');
    expect(refused.body).toContain('value="Street 2"');
    expect((await form(path, { ...fields, version: 'x' }, { authorization })).status).toBe(400);
  });

  it('is sent back by a form, whose lines without units are left out', async () => {
    const { form, commands } = await open();
    const fields = {
      [`quantity-${OAK}`]: '1',
      [`reason-${OAK}`]: 'damaged',
      [`quantity-${LAMP}`]: '0',
      [`quantity-${ADDRESS}`]: '2',
      [`reason-${ADDRESS}`]: 'made up',
      comment: ' Cracked ',
    };
    const asked = await form(`/orders/${ORDER}/returns`, fields, visit({}));
    expect(asked.headers.get('location')).toBe(`/orders/${ORDER}?notice=RETURN_REQUESTED`);
    expect(commands).toEqual([
      [
        'requestReturn',
        ORDER,
        {
          lines: [
            { variantId: OAK, quantity: 1, reason: 'damaged' },
            { variantId: ADDRESS, quantity: 2, reason: 'other' },
          ],
          comment: 'Cracked',
          seen: 0,
        },
      ],
    ]);
    const cancelled = await form(`/orders/${ORDER}/returns/${RETURN.returnId}/cancel`, {}, visit({}));
    expect(cancelled.headers.get('location')).toContain('notice=RETURN_CANCELLED');
  });

  it('of another customer does not exist', async () => {
    const { ask, authorization } = await open({ order: () => Promise.resolve(undefined) });
    expect((await ask('GET', `/orders/${ORDER}`, { headers: { authorization } })).status).toBe(404);
  });
});

describe('a customer who has logged in at the OIDC provider', () => {
  const VISIT = visit({ of_provider: true });

  it('sees what the provider says of them, and no form that needs an account of the shop', async () => {
    const { ask, authorization } = await open();
    const get = (path: string) => ask('GET', path, { headers: { ...VISIT, authorization } });
    const profile = await get('/account/profile');
    expect(profile.body).toContain('with your company account');
    expect(profile.body).not.toContain('password"');
    expect(profile.body).not.toContain('href="/account/addresses"');
    const privacy = await get('/account/privacy');
    expect(privacy.body).toContain('action="/account/export"');
    expect(privacy.body).not.toContain('type="password"');
    for (const path of ['/account/addresses', `/account/addresses/${ADDRESS}`, '/account/cards', '/account/sessions'])
      expect([path, (await get(path)).status]).toEqual([path, 404]); // prettier-ignore
  });

  it.each(['/account/profile', '/account/email', '/account/email/mail', '/account/password'])(
    'changes nothing at %s',
    async (path) => {
      const { form, commands, authorization } = await open();
      const fields = { '/account/profile': { first_name: 'Eve', last_name: 'E' }, '/account/email': { email: 'eve@example.com', email_password: 'x' }, '/account/password': { current_password: 'x', password: 'battery staple 8' } }; // prettier-ignore
      const body = new Map<string, object>(Object.entries(fields)).get(path) ?? {};
      const { status } = await form(path, { ...body }, { ...VISIT, authorization });
      expect([status, commands]).toEqual([404, []]);
    },
  );

  it('exports and erases by forms without a password', async () => {
    const { form, commands, authorization } = await open({
      exportData: () => Promise.resolve(refusal('STAFF_ACCOUNT')),
      erase: () => Promise.resolve(ok(undefined)),
    });
    const exported = await form('/account/export', {}, { ...VISIT, authorization });
    expect(exported.headers.get('location')).toBe('/account/privacy?notice=STAFF_ACCOUNT');
    const erased = await form('/account/erasure', { confirmed: 'yes' }, { ...VISIT, authorization });
    expect(erased.headers.get('location')).toBe('/login?notice=ERASED');
    expect(sessionOf(erased)).toEqual({ ended: true });
    expect(commands).toEqual([]);
  });
});

describe('the links of mails', () => {
  it('set a new password, after which one logs in with it', async () => {
    const { ask, form, commands } = await open();
    expect((await ask('GET', '/login')).body).toContain('href="/reset-password"');
    const sent = await form('/reset-password', { email: 'sam@example.com' });
    expect(sent.body).toContain('a mail is on its way');
    const fields = {
      token: 'https://shop.example/reset-password#token=mailed-token',
      password: 'battery staple 8',
    };
    const set = await form('/reset-password/new', fields);
    expect([set.status, set.headers.get('location')]).toEqual([303, '/login?notice=PASSWORD_SET']);
    expect((await ask('GET', '/login?notice=PASSWORD_SET')).body).toContain('Your new password is set.');
    expect(commands).toEqual([
      ['requestPasswordReset', 'sam@example.com'],
      ['resetPassword', 'mailed-token', 'battery staple 8'],
    ]);
  });

  it('that are too old say so, and show no password', async () => {
    const { form } = await open({ resetPassword: () => Promise.resolve(refusal('INVALID_RESET_TOKEN')) });
    const fields = { token: 'old', password: 'battery staple 8' };
    const { status, body } = await form('/reset-password/new', fields);
    expect(status).toBe(200);
    expect(body).toContain('This link has been used or is too old.');
    expect(body).not.toContain('battery');
  });

  it('prove an e-mail address', async () => {
    const { ask, form, commands } = await open();
    expect((await ask('GET', '/confirm-email')).body).toContain('data-island="mail-token"');
    const { headers } = await form('/confirm-email', { token: 'mailed-token' });
    expect((await ask('GET', headers.get('location') ?? '')).body).toContain('is confirmed.');
    expect(commands).toEqual([['confirmEmail', 'mailed-token']]);
  });
});

describe('the account', () => {
  it('needs a login', async () => {
    const { ask } = await open();
    expect((await ask('GET', '/account')).status).toBe(401);
  });

  it('shows the orders to their customer only', async () => {
    const { ask, authorization } = await open();
    const { status, headers, body } = await ask('GET', '/account', { headers: { authorization } });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(body).toContain(`href="/orders/${ORDER}"`);
  });
});

const ACCOUNT_PAGES = [
  '/account',
  '/account/profile',
  '/account/addresses',
  `/account/addresses/${ADDRESS}`,
  '/account/wish-list',
  '/account/returns',
  '/account/cards',
  '/account/mails',
  '/account/sessions',
  '/account/privacy',
  '/account/reviews',
  `/account/reviews/${LAMP}`,
  `/account/questions/${LAMP}`,
];

describe.each(ACCOUNT_PAGES)('the page %s', (path) => {
  it('is shown to its customer only, with the way to the others', async () => {
    const { ask, authorization } = await open();
    expect((await ask('GET', path)).status).toBe(401);
    const { status, headers, body } = await ask('GET', path, { headers: { authorization } });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(body).toContain('aria-current="page"');
    for (const other of ACCOUNT_PAGES.filter((one) => one.split('/').length < 4))
      expect(body).toContain(`href="${other}"`);
  });

  it('speaks German', async () => {
    const { ask, authorization } = await open();
    const { body } = await ask('GET', path, { headers: { ...visit({ language: 'de' }), authorization } });
    expect(body).toContain('>Datenschutz</a>');
  });
});

describe('a form of the account', () => {
  const FIELDS = { recipient: 'Sam', line1: 'Street 1', city: 'Berlin', postal_code: '10178', country: 'DE' };

  it.each([
    ['/account/profile', { first_name: 'Sam', last_name: 'S' }, ['changeName', USER, 'Sam', 'S']],
    [
      '/account/email',
      { email: 'sam@example.org', email_password: PASSWORD },
      ['changeEmail', USER, 'sam@example.org', PASSWORD],
    ],
    ['/account/email/mail', {}, ['mailConfirmation', USER]],
    ['/account/addresses', FIELDS, ['addAddress', USER]],
    [`/account/addresses/${ADDRESS}`, FIELDS, ['changeAddress', USER]],
    [`/account/addresses/${ADDRESS}/default`, {}, ['changeAddress', USER]],
    [`/account/addresses/${ADDRESS}/remove`, {}, ['removeAddress', USER, ADDRESS]],
    ['/account/wish-list', { product_id: LAMP }, ['addWish', USER, LAMP]],
    [`/account/wish-list/${LAMP}/remove`, {}, ['removeWish', USER, LAMP]],
    [`/account/cards/${CARD}/remove`, {}, ['removeCard', USER, CARD]],
    [`/account/sessions/${SESSION}/end`, {}, ['endSession', USER, SESSION]],
    ['/account/sessions/others/end', {}, ['endOtherSessions', USER]],
    [
      '/account/mails',
      { language: 'de', 'order.delivered': 'yes' },
      ['chooseMails', USER, 'de', ['order.delivered']],
    ],
    ['/account/mails', { language: 'de' }, ['chooseMails', USER, 'de', []]],
    [`/account/reviews/${LAMP}/delete`, {}, ['deleteReview', OWN_REVIEW.reviewId]],
    [`/account/questions/${LAMP}`, { text: 'Is it bright?' }, ['ask', LAMP, 'Is it bright?']],
  ])('%s with %j changes the account of its customer', async (path, fields, command) => {
    const { form, commands, authorization } = await open();
    expect((await form(path, fields)).status).toBe(401);
    expect(commands).toEqual([]);
    const { status, headers } = await form(path, fields, { authorization });
    expect(status).toBe(303);
    expect(headers.get('location')).toMatch(/^\/account\/[\w/-]+\?notice=[A-Z_]+$/);
    expect(commands.map((one) => one.slice(0, command.length))).toEqual([command]);
  });

  it('for a review takes its pictures with it', async () => {
    const { ask, commands, authorization } = await open();
    const post = (parts: readonly (readonly [string, string | Blob])[]) => {
      const body = new FormData();
      for (const [name, value] of parts) body.append(name, value);
      return ask('POST', `/account/reviews/${LAMP}`, { body, headers: { authorization } });
    };
    const texts = [['stars', '5'], ['title', 'Bright'], ['text', 'Yes.\r\nVery.']] as const; // prettier-ignore
    const kept = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f99';
    const { status, headers } = await post([...texts, ['keep', kept], ['picture', new Blob(['png'])]]);
    expect([status, headers.get('location')]).toEqual([303, '/account/reviews?notice=PUBLISHED']);
    const review = { stars: 5, title: 'Bright', text: 'Yes.\nVery.', mediaIds: [kept, MEDIA] };
    expect(commands).toEqual([['writeReview', LAMP, review]]);
    expect((await post([['stars', '6'], ...texts.slice(1)])).status).toBe(400);
    expect((await post(Array.from({ length: 15 }, () => ['keep', kept]))).status).toBe(413);
    const encoded = { body: new URLSearchParams(Object.fromEntries(texts)) };
    const wrong = await ask('POST', `/account/reviews/${LAMP}`, { ...encoded, headers: { authorization } });
    expect(wrong.status).toBe(415);
    expect(commands).toHaveLength(1);
  });

  it('with a new password gives the new proof of the device to the gateway', async () => {
    const { form, authorization } = await open();
    const fields = { current_password: 'correct horse 7', password: 'battery staple 8' };
    const answer = await form('/account/password', fields, { authorization });
    expect(answer.headers.get('location')).toBe('/account/profile?notice=PASSWORD_CHANGED');
    expect(sessionOf(answer)).toEqual({ device: 'new-device' });
  });

  it('with a wrong password shows that at its field, and no password', async () => {
    const { form, authorization } = await open({
      changePassword: () => Promise.resolve(refusal('WRONG_PASSWORD')),
    });
    const fields = { current_password: 'wrong horse 7', password: 'battery staple 8' };
    const { status, body } = await form('/account/password', fields, { authorization });
    expect(status).toBe(200);
    expect(body).toContain('id="current_password-fault"');
    expect(body).not.toMatch(/wrong horse|battery/);
  });
});

describe('what the shop knows', () => {
  it('is a file', async () => {
    const { form, authorization } = await open();
    const { status, headers, body } = await form(
      '/account/export',
      { password: PASSWORD },
      { authorization },
    );
    expect([status, headers.get('content-type'), body]).toEqual([200, 'application/zip', 'PK']);
    expect(headers.get('content-disposition')).toContain('personal-data.zip');
  });

  it('is not given to those who do not know the password', async () => {
    const { form, ask, authorization } = await open({
      exportData: () => Promise.resolve(refusal('WRONG_PASSWORD')),
    });
    const { status, headers } = await form('/account/export', { password: 'x' }, { authorization });
    expect(status).toBe(303);
    const { body } = await ask('GET', headers.get('location') ?? '', { headers: { authorization } });
    expect(body).toContain('The password is wrong.');
  });

  it('is erased with the account, after which the session ends', async () => {
    const { form, authorization } = await open();
    const fields = { erase_password: 'correct horse 7', confirmed: 'yes' };
    const answer = await form('/account/erasure', fields, { authorization });
    expect(answer.headers.get('location')).toBe('/login?notice=ERASED');
    expect(sessionOf(answer)).toEqual({ ended: true });
  });
});

interface WebManifest {
  readonly start_url: string;
  readonly lang: string;
  readonly icons: readonly { readonly src: string }[];
}

describe('a browser', () => {
  it('can install the shop, with its icon', async () => {
    const { ask } = await open();
    const { body: page } = await ask('GET', '/');
    expect(page).toContain('<link rel="manifest" href="/manifest.webmanifest"/>');
    const manifest = await ask('GET', '/manifest.webmanifest', { headers: visit({ language: 'de' }) });
    expect(manifest.headers.get('content-type')).toBe('application/manifest+json');
    const { start_url: start, lang, icons } = JSON.parse(String(manifest.body)) as WebManifest;
    expect([start, lang]).toEqual(['/', 'de']);
    const icon = await ask('GET', icons[0]?.src ?? '');
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });

  it('shows pictures from where the media service has them', async () => {
    const policyOf = async (env = {}) => {
      const { ask } = await open({}, env);
      return (await ask('GET', '/')).headers.get('content-security-policy');
    };
    expect(await policyOf()).toContain("img-src 'self' data:;");
    const there = await policyOf({ MEDIA_PUBLIC_URL: 'https://files.example.com/media' });
    expect(there).toContain("img-src 'self' data: https://files.example.com;");
  });
});

describe('search engines', () => {
  it('find all categories, collections and products in the sitemap', async () => {
    const { ask } = await open();
    const { headers, body } = await ask('GET', '/sitemap.xml');
    expect(headers.get('content-type')).toBe('application/xml');
    for (const path of ['/', '/categories/lamps', '/collections/summer', PRODUCT])
      expect(body).toContain(`<loc>https://shop.example${path}</loc>`);
  });

  it('are kept from pages without end, and from private ones', async () => {
    const { ask } = await open();
    const { body } = await ask('GET', '/robots.txt');
    for (const path of ['/search', '/cart', '/checkout']) expect(body).toContain(`Disallow: ${path}\n`);
    expect(body).toContain('Sitemap: https://shop.example/sitemap.xml');
  });
});
