import { mkdirSync } from 'node:fs';
import { request as http, type Browser, type Locator, type Page, type Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brotliCompressSync } from 'node:zlib';
import type { Schemas } from '#client/index.ts';
import { lookUntil, until } from '#test/kit/conditions.ts';
import { serve } from '#test/kit/http.ts';
import { CLIENT, openOidcProvider } from '#test/kit/oidc-provider.ts';
import { closeTestShops, openTestShop, type TestShop } from '../../acceptance/shop.ts';
import { CARDS, type Shopper, type Variant } from '#test/kit/shopper.ts';
import { STAFF } from '../admin/staff.ts';
import {
  barriersOfLook,
  barriersOn,
  buildFace,
  openBrowser,
  visit as visitShop,
  type Visit,
} from '../browser.ts';

type Product = Schemas['Product'];

const REPORTS = new URL('../../../reports/storefront/', import.meta.url);
/** Markup that must show as text: a script that ran, or a picture that was asked for, would be told among the troubles. */
const HOSTILE = '</script><img src=x onerror=alert(1)>"\'&';
const ADDRESS = {
  recipient: 'Sam Shopper',
  line1: 'Karl-Marx-Allee 1',
  line2: HOSTILE,
  postal_code: '10178',
  city: 'Berlin',
};
const CARD = { number: '4242 4242 4242 4242', expiry: '12/31', cvc: '123' };

let shop: TestShop;
let browser: Browser;
let staff: Shopper;
let provider: Awaited<ReturnType<typeof openOidcProvider>>;
let customers = 0;
let products = 0;

beforeAll(async () => {
  buildFace('storefront');
  mkdirSync(REPORTS, { recursive: true });
  provider = await openOidcProvider(undefined, []);
  [shop, browser] = await Promise.all([
    openTestShop({
      SHOP_PUBLIC_URL: 'https://shop.example',
      USER_ACCESS_TOKEN_S: '3600', // `staff` renews no tokens
      SHIPPING_DISPATCH_DELAY_MS: '600000', // parcels leave when a test says so
      ORDER_QUOTE_VALID_MS: '0', // a price changes at once
      GATEWAY_CACHE_TTL_MS: '5000', // new answers to questions are seen only then
      OIDC_ISSUER: provider.url,
      OIDC_JWKS_URL: `${provider.url}/jwks`,
      GATEWAY_OIDC_CLIENT_ID: CLIENT.id,
      GATEWAY_OIDC_CLIENT_SECRET: CLIENT.secret,
    }),
    openBrowser(),
  ]);
  staff = await shop.staff(...STAFF.admin);
  await Promise.all([stockUp(), collect()]);
});

/** Puts the newest products into a collection, of which home and sitemap know; its picture is that of one of them. */
const collect = async (): Promise<void> => {
  const rule = { created_within_days: 3_650 };
  const collection = { name: 'All at once', slug: 'all', kind: 'rule', rule, status: 'published' };
  const { body } = await staff.call('GET', '/api/v1/products?limit=1', [200]);
  const [product] = (body as Schemas['ProductPage']).items;
  await staff.call('POST', '/api/v1/collections', [201], {
    ...collection,
    description: 'What there is.',
    picture: { url: product?.image, alt: product?.name },
  });
};
afterAll(async () => {
  await browser.close();
  await closeTestShops();
});

/** So many units in the category from which shoppers buy that no test takes the last one from another. */
const stockUp = async (): Promise<void> => {
  const html = await (await fetch(`${shop.shop.url}/categories/kitchen`)).text();
  const ids = new Set([...html.matchAll(/href="\/products\/([0-9a-f-]{36})/g)].map(([, id = '']) => id));
  const products = await Promise.all(
    [...ids].map((id) => staff.call('GET', `/api/v1/products/${id}`, [200])),
  );
  const variants = products.flatMap(({ body }) => (body as Product).variants);
  const items = variants.map(({ sku }) => ({ sku, add: 100 }));
  await staff.call('POST', '/api/v1/inventory/adjustments', [200], { reason: 'For tests', items });
};

const visit = (options: Parameters<typeof visitShop>[1] = {}): Promise<Visit> =>
  visitShop(browser, { baseURL: shop.shop.url, ...options });

/** A new account, with its password, whose owner has a hostile name. */
const customer = async (): Promise<{ email: string; password: string }> => {
  customers += 1;
  const account = { email: `face-${customers}@example.com`, password: `a-long-password-${customers}` };
  const shopper = shop.guest();
  await shopper.register(account.email, account.password);
  const name = Object.fromEntries([['first_name', HOSTILE], ['last_name', 'Shopper']]); // prettier-ignore
  await shopper.call('PUT', `/api/v1/users/${shopper.userId}`, [200], name);
  return account;
};

/** A new account with an order that is not dispatched. @param variant any by default */
const customerWithOrder = async (variant?: Variant) => {
  const account = await customer();
  const shopper = shop.guest();
  await shopper.logIn(account.email, account.password);
  await shopper.addToCart(variant ?? (await shopper.findVariant(10)));
  const { order_id: orderId } = await shopper.order(CARDS.good);
  return { account, orderPath: `/orders/${orderId}` };
};

const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [id, value] of Object.entries(fields)) await page.fill(`#${id}`, value);
};

const logIn = async (page: Page, account: { email: string; password: string }): Promise<void> => {
  await fill(page, account);
  await page.click('form[action="/login"] button');
};

/** From a category to the product's page, with something of it in stock. */
const chooseProduct = async (page: Page): Promise<string> => {
  await page.goto('/');
  await page.click('nav.categories a:has-text("Kitchen")');
  await page.click('.card:not(:has(.tag)) .card-name a');
  await page.waitForSelector('.product');
  await page.waitForLoadState(); // before its scripts are there, the form is posted as a form
  return (await page.textContent('h1')) ?? '';
};

const TO_LOGIN = 'a[href="/login?return_to=%2Fcheckout"]';

/** From the cart to a card at the payment gateway, and back. */
const checkOut = async (page: Page): Promise<void> => {
  await page.click('a[href="/checkout"]');
  await page.click(TO_LOGIN);
  await logIn(page, await customer());
  await fill(page, ADDRESS);
  await page.click('form[action="/checkout/addresses"] button');
  await page.waitForSelector('input[name="delivery"]');
};

/** As a guest, from the cart to the choice of a delivery. */
const checkOutAsGuest = async (page: Page, email: string): Promise<void> => {
  await page.click('a[href="/checkout"]');
  await fill(page, { email, ...ADDRESS });
  await page.click('form[action="/checkout/guest"] button');
  await page.waitForSelector('input[name="delivery"]');
};

/** From a product's page, as a guest, to a checkout that lacks nothing but its last click. */
const comeToPay = async (page: Page, product: string, email: string): Promise<void> => {
  await page.goto(product);
  await page.waitForLoadState();
  await page.click('form[action="/cart/items"] button');
  await page.waitForSelector('.notice.good');
  await page.goto('/cart');
  await checkOutAsGuest(page, email);
  await payByCard(page);
};

const PLACE = 'form[action="/checkout"][method="post"] button';

const placedBy = async (email: string): Promise<number> =>
  (await shop.guest().mailsTo(email)).filter(({ kind }) => kind === 'order.placed').length;

const payByCard = async (page: Page): Promise<void> => {
  await page.click('form[action="/checkout/card"] button');
  await page.waitForURL(/\/pay\?/);
  await fill(page, CARD);
  await page.click('button[type="submit"]');
  await page.waitForURL(/payment_token=/);
};

/** A new product of one variant, whose page is at `path`. */
const newProduct = async ({ price, units }: { readonly price: number; readonly units: number }) => {
  products += 1;
  const sku = `FACE-${products}`;
  const body = {
    ...{
      name: `Quokka ${products} ${HOSTILE}`,
      description: 'New.',
      category: 'Home',
      subcategory: 'Lamps',
      brand: 'Quokka',
    },
    variants: [{ sku, price, currency: 'EUR' }],
  };
  const [variant] = body.variants;
  const withStock = { ...body, variants: [{ ...variant, initial_stock: units }] };
  const { body: created } = await staff.call('POST', '/api/v1/products', [201], withStock);
  const { product_id: productId, variants } = created as unknown as Product;
  const sold = { product_id: productId, variant_id: variants[0]?.variant_id ?? '', sku, price };
  const available = () => shop.guest().available(sold);
  await lookUntil(
    () => available().catch(() => 0), // which the inventory does not know at once
    (there) => there === units,
  );
  return {
    variant: sold,
    path: `/products/${productId}`,
    available,
    changePrice: (next: number) =>
      staff.call('PUT', `/api/v1/products/${productId}`, [200], {
        ...body,
        variants: [{ ...variant, price: next }],
      }),
  };
};

/** Of one pixel. */
const PICTURE = {
  name: '<img src=x onerror=alert(1)>.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

/** Shows the page again until it is as expected: a copy in the cache is older. */
const reloadUntil = (page: Page, isThere: () => Promise<boolean>): Promise<boolean> =>
  lookUntil(
    async () => {
      await page.reload();
      return isThere();
    },
    Boolean,
    { everyMs: 250 },
  );

/** Waits until a picture has come. */
const shows = async (page: Page, selector: string): Promise<void> => {
  await page.locator(selector).first().scrollIntoViewIfNeeded();
  await until(() =>
    page.evaluate<boolean>(`document.querySelector(${JSON.stringify(selector)}).naturalWidth > 0`),
  );
};

const DELIVERED = '.steps li:last-child.done';
const CONFIRMED = '.steps li:nth-child(2).current';

const orderIdOf = (page: Page): string => /\/orders\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';

/** On the page of an order: lets its parcel go, and waits until it has arrived. */
const deliver = async (page: Page): Promise<void> => {
  const path = `/api/v1/staff/orders/${orderIdOf(page)}/dispatch`;
  await lookUntil(
    () => staff.call('PUT', path, [200, 409]),
    ({ status }) => status === 200,
  );
  await page.waitForSelector(DELIVERED, { timeout: 60_000 });
};

/** On the page of a delivered order: asks to return a unit, and returns the number of the return. */
const askToReturn = async (page: Page): Promise<string> => {
  await page.reload(); // where no script runs, the page is as old as the order
  await page.waitForLoadState();
  await page.click('summary:has-text("Return items")');
  await page.selectOption('select[name^="reason-"]', 'damaged');
  await fill(page, { comment: HOSTILE });
  await page.click('form[action$="/returns"] button');
  await page.waitForSelector('.notice.good');
  return /[0-9A-Z]{4}-[0-9A-Z]{4}-R\d/.exec((await page.textContent('main')) ?? '')?.[0] ?? '';
};

const productIdOf = (page: Page): string => /\/products\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';

/** On a product's page: waits until it shows what staff have said. */
const showsReply = (page: Page, section: string): Promise<unknown> =>
  reloadUntil(page, async () => {
    const said = await page.locator(`${section} blockquote`).allTextContents();
    return said.some((one) => one.includes(HOSTILE));
  });

const replyToReview = async (page: Page): Promise<void> => {
  const path = `/api/v1/products/${productIdOf(page)}/reviews`;
  const { body } = await staff.call('GET', path, [200]);
  const [review] = (body as Schemas['ReviewPage']).items;
  await staff.call('PUT', `/api/v1/reviews/${review?.review_id ?? ''}/reply`, [200], { text: HOSTILE });
  await showsReply(page, '#reviews');
};

const answerQuestion = async (page: Page): Promise<void> => {
  const path = `/api/v1/products/${productIdOf(page)}/questions`;
  const { body } = await staff.call('GET', path, [200]);
  const [question] = (body as Schemas['QuestionPage']).items;
  await staff.call('POST', `/api/v1/questions/${question?.question_id ?? ''}/answers`, [201], {
    text: HOSTILE,
  });
  await showsReply(page, '#questions');
};

describe.each([
  ['without a script', false],
  ['with scripts', true],
])('a product %s', (_, javaScriptEnabled) => {
  it('is bought for the first time, from its category to the delivered order', async () => {
    const { page, troubles, requests, close } = await visit({ javaScriptEnabled });
    const product = await chooseProduct(page);
    await page.click('form[action="/cart/items"] button');
    if (javaScriptEnabled) {
      await page.waitForSelector('.notice.good');
      await page.waitForSelector('.visitor .badge');
      await page.click('.visitor a[href="/cart"]');
    }
    await page.waitForSelector('.line');
    expect(await page.textContent('.line-name')).toContain(product);
    await checkOut(page);
    await payByCard(page);
    await page.click('form[action="/checkout"][method="post"] button');
    await page.waitForURL(/\/orders\/.*placed=1/);
    expect(await page.textContent('h1')).toBe('Thank you for your order!');
    expect(await page.textContent('[aria-labelledby="to"]')).toContain(HOSTILE);
    await deliver(page);
    const number = await askToReturn(page);
    await page.goto('/account/returns');
    expect(await page.textContent('.order')).toContain('Requested');
    await page.click(`a:has-text("${number}")`);
    await page.click('form[action$="/cancel"] button');
    await page.waitForSelector('.notice.good');
    expect(await page.textContent('[aria-labelledby="returns"]')).toContain('Called off');
    await page.goto('/account');
    expect(await page.textContent('.order .status')).toBe('Delivered');

    expect(troubles()).toEqual([]);
    const told = requests.flatMap((one) => /"kind":"(added|checkout|ordered)"/.exec(one)?.[1] ?? []);
    if (javaScriptEnabled) expect(new Set(told)).toEqual(new Set(['added', 'checkout', 'ordered']));
    else expect(told).toEqual([]);
    const sentToShop = requests.filter((one) => one.split(' ')[1]?.startsWith(shop.shop.url));
    expect(sentToShop.length).toBeGreaterThan(10);
    expect(sentToShop.filter((one) => /4242[ +%20]*4242[ +%20]*4242/.test(one))).toEqual([]);
    const elsewhere = requests.filter((one) => {
      const origin = new URL(one.split(' ')[1] ?? '').origin;
      return ![shop.shop.url, new URL(shop.shop.tokensUrl).origin].includes(origin);
    });
    expect(elsewhere).toEqual([]);
    await close();
  });

  it('is reviewed, with a picture, and the shop replies', async () => {
    const { page, troubles, close } = await visit({ javaScriptEnabled });
    const { variant } = await newProduct({ price: 20, units: 5 });
    const { account, orderPath } = await customerWithOrder(variant);
    await page.goto(`/login?return_to=${encodeURIComponent(orderPath)}`);
    await logIn(page, account);
    await page.waitForURL(/\/orders\//);
    await deliver(page);
    await page.reload(); // where no script runs, the page is as old as the order
    await page.click('a[href^="/account/reviews/"]');
    await page.check('input[name="stars"][value="4"]');
    await fill(page, { title: HOSTILE, text: HOSTILE });
    await page.setInputFiles('#picture', [PICTURE, { ...PICTURE, buffer: Buffer.from('no picture') }]);
    await page.click('main .form button');
    await page.waitForSelector('#picture-fault');
    expect(await page.inputValue('#title')).toBe(HOSTILE);
    await shows(page, '.thumbnails img');
    await page.click('main .form button');
    await page.waitForSelector('.notice.good');
    expect(await page.textContent('.orders')).toContain(HOSTILE);

    await page.click('.orders a');
    await reloadUntil(page, () => page.locator('.review .thumbnails img').first().isVisible());
    await shows(page, '.review .thumbnails img');
    expect(await page.getAttribute('.review .thumbnails img', 'alt')).toContain(HOSTILE);
    expect(await page.textContent('.review h3')).toBe(HOSTILE);
    expect(await page.textContent('.review .prose')).toBe(HOSTILE);
    await replyToReview(page);
    if (javaScriptEnabled) {
      await page.locator('[data-island="own-review"]').scrollIntoViewIfNeeded();
      await page.click('[data-island="own-review"] a');
    } else await page.click('a[href^="/account/reviews/"]');
    await fill(page, { title: 'Better than described' });
    await page.uncheck('input[name="keep"]');
    await page.click('main .form button');
    await page.waitForSelector('.notice.good');
    expect(await page.textContent('.orders')).toContain('Better than described');
    expect(await page.textContent('.orders')).not.toContain('Pictures');
    await page.click('a:has-text("Change the review")');
    await page.click('summary:has-text("Delete the review")');
    await page.click('form[action$="/delete"] button');
    await page.waitForSelector('.notice.good');
    expect(await page.textContent('main')).toContain('You have not reviewed anything yet.');
    expect(troubles()).toEqual([]);
    await close();
  });

  it('has questions asked about it, which the shop answers', async () => {
    const { page, troubles, close } = await visit({ javaScriptEnabled });
    await page.goto('/login');
    await logIn(page, await customer());
    await page.waitForSelector('.hero');
    await chooseProduct(page);
    const path = page.url();
    await page.click('a[href^="/account/questions/"]');
    await fill(page, { text: HOSTILE });
    await page.click('main form button');
    await page.waitForSelector('.notice.good');
    await page.goto(path);
    await answerQuestion(page);
    expect(await page.textContent('#questions h3')).toBe(HOSTILE);
    expect(troubles()).toEqual([]);
    await close();
  });
});

/** On the page of a new order: sends it to another house, after two addresses that it cannot go to. */
const correctAddress = async (page: Page): Promise<void> => {
  await page.waitForSelector(CONFIRMED, { timeout: 60_000 }); // a form that was opened before would be out of date
  await page.click('a[href$="/address"]');
  const save = () => page.click('form[action$="/address"] button');
  await fill(page, { line1: 'Karl-Marx-Allee 11', postal_code: '1' });
  await save();
  await page.waitForSelector('#postal_code-fault');
  await page.selectOption('#country', 'CH');
  await fill(page, { postal_code: '8001' });
  await save();
  await page.waitForSelector('.notice.bad:has-text("would cost something else")');
  expect(await page.inputValue('#line1')).toBe('Karl-Marx-Allee 11');
  await page.selectOption('#country', 'DE');
  await fill(page, { postal_code: '10178' });
  await save();
  await page.waitForSelector('.notice.good');
  // Shipping decides it.
  await reloadUntil(page, async () => {
    const lines = await page.textContent('[aria-labelledby="to"]');
    return lines?.includes('Karl-Marx-Allee 11') === true && !lines.includes('Karl-Marx-Allee 1,');
  });
};

/** On the page of a delivered order: its invoice, and the credit note of a refund. */
const downloadDocuments = async (page: Page): Promise<void> => {
  const refund = { amount: 1.5, currency: 'EUR', reason: 'A scratch' };
  await staff.call('POST', `/api/v1/orders/${orderIdOf(page)}/refunds`, [202], refund);
  await reloadUntil(page, () => page.locator('a[href*="/credit-notes/"]').isVisible());
  for (const [link, name] of [
    ['a[href$="/invoice"]', /^invoice\.pdf$/],
    ['a[href*="/credit-notes/"]', /^CN-\d{6}\.pdf$/],
  ] as const) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(link)]);
    expect(file.suggestedFilename()).toMatch(name);
    expect(await file.failure()).toBeNull();
  }
};

describe.each([
  ['without a script', false],
  ['with scripts', true],
])('a first purchase of a guest %s', (name, javaScriptEnabled) => {
  it('goes to the delivered order, which the mail links to and others can follow by its number', async () => {
    const email = `guest-${name.replaceAll(' ', '-')}@example.com`;
    const { page, troubles, requests, close } = await visit({ javaScriptEnabled });
    await chooseProduct(page);
    await page.click('form[action="/cart/items"] button');
    if (javaScriptEnabled) await page.waitForSelector('.notice.good');
    await page.goto('/cart');
    await checkOutAsGuest(page, email);
    await payByCard(page);
    await page.click('form[action="/checkout"][method="post"] button');
    await page.waitForURL(/\/orders\/.*placed=1/);
    await correctAddress(page);
    await deliver(page);
    expect(await askToReturn(page)).toMatch(/-R1$/);
    await downloadDocuments(page);
    const addresses = requests.map((one) => one.split(' ')[1] ?? '');
    expect(addresses.filter((one) => /Karl-Marx|guest-with|10178/.test(one))).toEqual([]);
    expect(troubles()).toEqual([]);
    await close();

    const [placed] = await lookUntil(
      async () => (await shop.guest().mailsTo(email)).filter(({ kind }) => kind === 'order.placed'),
      (mails) => mails.length > 0,
    );
    const { text = '' } = placed ?? {};
    const number = /^Order ([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(text)?.[1] ?? ''; // an ID in a link may look like one
    const elsewhere = await visit({ javaScriptEnabled });
    const link = /https?:\S+#token=\S+/.exec(text)?.[0] ?? '';
    await elsewhere.page.goto(new URL(link).pathname + new URL(link).hash);
    if (javaScriptEnabled) {
      await elsewhere.page.waitForSelector(DELIVERED);
      expect(elsewhere.page.url()).not.toContain('token');
    } else {
      await fill(elsewhere.page, { number, email });
      await elsewhere.page.click('form[action="/track"] button');
      await elsewhere.page.waitForSelector(DELIVERED);
    }
    expect(elsewhere.troubles()).toEqual([]);
    await elsewhere.close();
  });
});

/** What has the focus is drawn around, itself or by what covers its card. */
const IS_FOCUS_SEEN = `(() => {
  const one = document.activeElement;
  return [undefined, '::after'].some((part) => getComputedStyle(one, part).outlineStyle !== 'none');
})()`;

/** Comes to a control with the Tab key alone, as far as it takes. */
const tabTo = async (page: Page, control: Locator): Promise<void> => {
  await control.waitFor();
  for (let steps = 0; steps < 120; steps += 1) {
    if ((await control.and(page.locator(':focus')).count()) > 0) {
      expect(await page.evaluate(IS_FOCUS_SEEN)).toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not lead to ${String(control)}`);
};

it('a stranger buys by what the screen says, with the keyboard alone, in less than three minutes', async () => {
  const { page, troubles, close } = await visit();
  const beganAt = performance.now();
  const press = async (control: Locator): Promise<void> => {
    await tabTo(page, control.first());
    await page.keyboard.press('Enter');
  };
  const link = (name: string | RegExp) => page.getByRole('link', { name });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const enter = async (label: string, text: string): Promise<void> => {
    await tabTo(page, page.getByLabel(label, { exact: true }));
    await page.keyboard.type(text);
  };
  await page.goto('/');
  await press(page.getByRole('navigation', { name: 'Categories' }).getByRole('link', { name: /Kitchen/ }));
  await page.waitForURL(/\/categories\//);
  await press(page.locator('.card:not(:has(.tag)) .card-name a'));
  await page.waitForURL(/\/products\//);
  await page.waitForLoadState();
  await press(button('Add to cart'));
  await page.waitForSelector('.notice.good');
  await press(link(/Cart/));
  await page.waitForURL(/\/cart/);
  await press(link('Check out'));
  await page.waitForURL(/\/checkout/);
  await enter('E-mail address', 'stranger@example.com');
  await enter('Full name', ADDRESS.recipient);
  await enter('Street and number', ADDRESS.line1);
  await enter('Postal code', ADDRESS.postal_code);
  await enter('City', ADDRESS.city);
  await press(button('Deliver to this address'));
  await press(button('Pay by card'));
  await page.waitForURL(/\/pay\?/);
  await enter('Card number', CARD.number);
  await enter('Expiry (MM/YY)', CARD.expiry);
  await enter('Security code', CARD.cvc);
  await press(button('Use this card'));
  await page.waitForURL(/payment_token=/);
  await press(button(/^Order and pay/));
  await page.waitForURL(/\/orders\/.*placed=1/);
  await page.waitForSelector(CONFIRMED, { timeout: 60_000 });
  expect(await page.textContent('main')).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}/); // the number to track it with
  expect(performance.now() - beganAt).toBeLessThan(180_000);
  expect(troubles()).toEqual([]);
  await close();
});

/** The link to a page in the newest mail that has one, as a path. */
const linkTo = async (name: string, email: string): Promise<string> => {
  const link = new RegExp(`https?:\\S+/${name}#token=\\S+`);
  const links = await lookUntil(
    async () => (await shop.guest().mailsTo(email)).flatMap(({ text }) => link.exec(text)?.[0] ?? []),
    (found) => found.length > 0,
  );
  const { pathname, hash } = new URL(links[0] ?? '');
  return pathname + hash;
};

describe.each([
  ['without a script', false],
  ['with scripts', true],
])('an account %s', (_, javaScriptEnabled) => {
  /** Follows a link of a mail to its form. */
  const follow = async (page: Page, link: string): Promise<void> => {
    await page.goto(link);
    if (javaScriptEnabled) {
      await page.waitForSelector('#token', { state: 'hidden' });
      expect(page.url()).not.toContain('token');
      return;
    }
    const folded = page.locator('details:not([open]) > summary');
    if ((await folded.count()) > 0) await folded.click();
    await page.fill('#token', `https://shop.example${link}`);
  };

  it('confirms its address and gets a new password by mail', async () => {
    const { page, troubles, close } = await visit({ javaScriptEnabled });
    const account = await customer();
    await follow(page, await linkTo('confirm-email', account.email));
    await page.click('form[action="/confirm-email"] button');
    await page.waitForSelector('.notice.good');

    await page.click('a[href="/account"].button');
    await page.click('a[href="/reset-password"]');
    await page.fill('#email', account.email);
    await page.click('form[action="/reset-password"] button');
    await page.waitForSelector('.notice.good');
    await follow(page, await linkTo('reset-password', account.email));
    const password = 'an-even-longer-password';
    await page.fill('#password', password);
    await page.click('form[action="/reset-password/new"] button');
    await page.waitForSelector('form[action="/login"]');
    await logIn(page, { ...account, password });
    await page.waitForSelector('.hero');
    await page.goto('/account/profile');
    expect(await page.textContent('main')).toContain('(confirmed)');
    expect(troubles()).toEqual([]);
    await close();
  });

  it('is changed by its customer, exported and deleted', async () => {
    const { page, troubles, close } = await visit({ javaScriptEnabled, userAgent: HOSTILE });
    const account = await customer();
    await page.goto('/account/profile'); // leads to the login and back
    await logIn(page, account);
    await page.waitForSelector('#first_name');
    expect(new URL(page.url()).pathname).toBe('/account/profile');
    expect(await page.inputValue('#first_name')).toBe(HOSTILE);
    await page.goto('/account/sessions');
    expect(await page.textContent('.orders')).toContain(HOSTILE); // the name of the browser
    await page.goBack();
    const send = async (action: string): Promise<void> => {
      await page.click(`form[action="${action}"] button`);
      await page.waitForSelector('.notice.good');
    };
    await fill(page, { first_name: 'Samuel' });
    await send('/account/profile');
    const password = 'an-even-longer-password';
    await fill(page, { current_password: account.password, password });
    await send('/account/password');
    expect(await page.inputValue('#first_name')).toBe('Samuel');

    const name = await chooseProduct(page);
    await send('/account/wish-list');
    await page.click(`.card a:has-text("${name}")`);
    await page.goto('/account/wish-list');
    await page.screenshot({ path: new URL('wish-list.png', REPORTS).pathname });
    await page.click('.card form button');
    await page.waitForSelector('.card', { state: 'detached' });

    await page.click('.account-nav a[href="/account/addresses"]');
    await fill(page, ADDRESS);
    await send('/account/addresses');
    await page.click('.actions a');
    await fill(page, { recipient: 'Samuel Shopper', line1: HOSTILE });
    await page.click('main .panel button');
    await page.waitForSelector('.boxes:has-text("Samuel Shopper")');
    expect(await page.textContent('.boxes')).toContain(HOSTILE);

    await page.click('.account-nav a[href="/account/mails"]');
    await page.check('input[name="review.requested"]');
    await send('/account/mails');
    expect(await page.isChecked('input[name="review.requested"]')).toBe(true);

    await page.click('.account-nav a[href="/account/privacy"]');
    await fill(page, { password });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.click('form[action="/account/export"] button'),
    ]);
    expect(file.suggestedFilename()).toBe('personal-data.zip');
    await fill(page, { erase_password: password });
    await page.check('input[name="confirmed"]');
    await send('/account/erasure');
    await page.goto('/account');
    await page.waitForURL(/\/login\?/);
    expect(troubles()).toEqual([]);
    await close();
  });
});

describe('a customer who logs in at the OIDC provider', () => {
  it('buys, sees what the provider says of them, and has their data exported and erased', async () => {
    const { page, troubles, close } = await visit();
    await chooseProduct(page);
    await page.click('form[action="/cart/items"] button');
    await page.waitForSelector('.notice.good');
    await page.goto('/checkout');
    provider.age(3_600);
    await page.click(TO_LOGIN);
    await page.click('a[href^="/bff/login/shop"]');
    await page.waitForSelector('form[action="/checkout/addresses"]');
    expect(await page.locator('#email').count()).toBe(0);
    await fill(page, { ...ADDRESS, postal_code: '1' });
    await page.click('form[action="/checkout/addresses"] button');
    await page.waitForSelector('#postal_code-fault');
    await fill(page, ADDRESS);
    await page.click('form[action="/checkout/addresses"] button');
    await page.waitForSelector('input[name="delivery"]');
    await payByCard(page);
    await page.click(PLACE);
    await page.waitForURL(/\/orders\/.*placed=1/);
    await page.waitForSelector(CONFIRMED, { timeout: 60_000 });
    expect(await placedBy('olga@example.com')).toBe(1);

    await page.goto('/account');
    expect(await page.textContent('main')).toContain('olga@example.com');
    const places = await page.evaluate<string[]>(`[...document.querySelectorAll('.account-nav a')].map((one) => one.getAttribute('href'))`); // prettier-ignore
    expect(places).toContain('/account/profile');
    const logins = provider.exchanges.length;
    for (const place of places) expect([place, (await page.goto(place))?.status()]).toEqual([place, 200]);
    expect(provider.exchanges.length).toBe(logins + 1); // the privacy page needs a login of a short time ago
    await page.goto('/account/profile');
    expect(await page.textContent('main')).toContain('Olga Order');
    expect(await page.locator('main input, main textarea').count()).toBe(0);
    await inspectPages(page, ['/account/profile', '/account/privacy'], 'of the provider');
    await page.goto('/account/privacy');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.click('form[action="/account/export"] button'),
    ]);
    expect(await file.failure()).toBeNull();
    await page.check('input[name="confirmed"]');
    await page.click('form[action="/account/erasure"] button');
    await page.waitForSelector('.hero'); // after the provider's logout
    await page.goto('/account');
    await page.waitForURL(/\/login\?/);
    expect(troubles()).toEqual([]);
    await close();
  });
});

describe('the browser of a customer', () => {
  it('holds no token that a script could read', async () => {
    const { page, close } = await visit();
    await page.goto('/login');
    await logIn(page, await customer());
    await page.waitForSelector('.hero');
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
    const [session] = await page.context().cookies();
    expect(session).toMatchObject({ name: 'shop', httpOnly: true, sameSite: 'Lax' });
    await close();
  });

  it('keeps the session when it follows a link from another site, which can post no form', async () => {
    const { page, close } = await visit();
    await page.goto('/login');
    await logIn(page, await customer());
    await page.waitForSelector('.hero');
    const elsewhere = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(
        `<a href="${shop.shop.url}/account">link</a><form method="post" action="${shop.shop.url}/logout"><button>post</button></form>`,
      );
    });
    await page.goto(elsewhere.url);
    await page.click('button');
    await page.waitForURL(/logout/);
    expect(await page.textContent('h1')).toBe('This is not possible');
    await page.goto(elsewhere.url);
    await page.click('a');
    await page.waitForSelector('form[action="/logout"]');
    await close();
  });
});

describe('the checkout', () => {
  it('makes one order of a form that is sent twice', async () => {
    const { page, close } = await visit({ javaScriptEnabled: false });
    await chooseProduct(page);
    await page.click('form[action="/cart/items"] button');
    await checkOut(page);
    await payByCard(page);
    const inputs = await page.locator('form[action="/checkout"][method="post"] input').all();
    const form: Record<string, string> = {};
    for (const input of inputs)
      form[(await input.getAttribute('name')) ?? ''] = (await input.getAttribute('value')) ?? '';
    const post = () => page.request.post('/checkout', { form, maxRedirects: 0 });
    const answers = await Promise.all([post(), post()]);
    const [first, second] = answers.map((answer) => answer.headers()['location']);
    expect(first).toMatch(/^\/orders\//);
    expect(second).toBe(first);
    await page.goto('/account');
    expect(await page.locator('.order').count()).toBe(1);
    await close();
  });

  it('keeps what was entered while offline, and makes one order although its answer is lost', async () => {
    const { page, close } = await visit();
    const email = 'lost@example.com';
    await chooseProduct(page);
    await page.click('form[action="/cart/items"] button');
    await page.waitForSelector('.notice.good');
    await page.goto('/checkout');
    await fill(page, { email, ...ADDRESS });
    await page.context().setOffline(true);
    await page.click('form[action="/checkout/guest"] button');
    await page.waitForSelector('#offline:not([hidden])');
    expect(await page.inputValue('#line1')).toBe(ADDRESS.line1);
    await page.context().setOffline(false);
    await page.waitForSelector('#offline', { state: 'hidden' });
    await page.click('form[action="/checkout/guest"] button');
    await page.waitForSelector('input[name="delivery"]');
    await payByCard(page);
    const loseAnswer = async (route: Route): Promise<void> => {
      const elsewhere = await http.newContext(); // keeps no cookie for the browser
      const sent = route.request();
      const headers = await sent.allHeaders();
      const answer = await elsewhere.post(sent.url(), {
        headers,
        data: sent.postData() ?? '',
        maxRedirects: 0,
      });
      expect(answer.headers()['location']).toMatch(/^\/orders\//);
      await elsewhere.dispose();
      await route.abort('internetdisconnected');
    };
    await page.route((url) => url.pathname === '/checkout', loseAnswer, { times: 1 });
    await page.click(PLACE);
    await page.waitForURL(/chrome-error/);
    await page.reload(); // sends the form again
    await page.waitForURL(/\/orders\/.*placed=1/);
    await page.waitForSelector(CONFIRMED);
    await page.goto('/checkout');
    expect(await page.textContent('main')).toContain('Your cart is empty');
    expect(await placedBy(email)).toBe(1);
    await close();
  });

  it('stops at a price that has changed, and orders once at the new one by a double click', async () => {
    const { page, close } = await visit();
    const { path, changePrice } = await newProduct({ price: 100, units: 5 });
    const email = 'dearer@example.com';
    await comeToPay(page, path, email);
    const before = (await page.textContent('.totals .total dd')) ?? '';
    await changePrice(120);
    await page.click(PLACE);
    await page.waitForSelector('.notice.bad:has-text("A price has changed")');
    const after = (await page.textContent('.totals .total dd')) ?? '';
    expect(after).not.toBe(before);
    const notices = (await page.locator('.notice.bad').allTextContents()).join(' ');
    expect(notices).toContain(before);
    expect(notices).toContain(after);
    expect(await placedBy(email)).toBe(0);
    await page.waitForLoadState();
    await page.dblclick(PLACE);
    await page.waitForURL(/\/orders\/.*placed=1/);
    await page.waitForSelector(CONFIRMED, { timeout: 60_000 });
    expect(await placedBy(email)).toBe(1);
    expect(await page.textContent('.totals .total dd')).toBe(after);
    await close();
  });

  it('sells the last unit to one of two shoppers, and tells the other', async () => {
    const { path, available } = await newProduct({ price: 10, units: 1 });
    const visits = await Promise.all([visit(), visit()]);
    for (const [index, { page }] of visits.entries())
      await comeToPay(page, path, `last-${index}@example.com`);
    await Promise.all(visits.map(({ page }) => page.click(PLACE)));
    const told = '.notice.bad:has-text("There are not that many left"), .strong:has-text("Cancelled")';
    const outcomes = visits.map(async ({ page }) => {
      await page.waitForSelector(`${CONFIRMED}, ${told}`, { timeout: 60_000 });
      return page.locator(CONFIRMED).count();
    });
    expect((await Promise.all(outcomes)).toSorted()).toEqual([0, 1]);
    expect(await available()).toBe(0);
    for (const { close } of visits) await close();
  });

  it('shows a delivery’s price as soon as it is chosen', async () => {
    const { page, troubles, close } = await visit();
    await chooseProduct(page);
    await page.click('form[action="/cart/items"] button');
    await page.waitForSelector('.notice.good');
    await page.goto('/cart');
    await checkOut(page);
    const total = (): Promise<string | null> => page.textContent('.totals .total dd');
    const before = await total();
    await page.check('label:has-text("Express") input >> nth=0');
    await until(async () => (await total()) !== before);
    expect(page.url()).toContain('delivery=');
    await page.goto(`/checkout?payment_token=tok_x&card=${encodeURIComponent(HOSTILE)}`);
    expect(await page.textContent('.card-ready')).toContain(HOSTILE);
    expect(troubles()).toEqual([]);
    await close();
  });
});

describe('a changed price', () => {
  it('is on the product’s page and in its category within a second', async () => {
    const { page, close } = await visit({ javaScriptEnabled: false });
    await chooseProduct(page);
    const category = (await page.getAttribute('.breadcrumbs li:last-child a', 'href')) ?? '';
    const [, productId = ''] = /\/products\/([^/]+)/.exec(page.url()) ?? [];
    await page.goto(category); // now both are cached
    const staff = await shop.staff('catalog@example.com', 'demo-catalog-1');
    const api = `/api/v1/products/${productId}`;
    const { body: current } = await staff.call('GET', api, [200]);
    const {
      name,
      description,
      brand,
      category: root,
      subcategory,
      tags,
      specifications,
    } = current as Product;
    const variants = (current as Product).variants.map(({ sku, attributes, currency, images }) => ({
      ...{ sku, attributes, currency, images },
      price: 1234.56,
    }));
    await staff.call('PUT', api, [200], {
      ...{ name, description, brand, category: root, subcategory, tags, specifications },
      variants,
    });
    const changedAt = performance.now();
    const shows = async (path: string): Promise<boolean> =>
      (await (await page.request.get(path)).text()).includes('1,234.56');
    for (const path of [`/products/${productId}`, category]) await until(() => shows(path));
    expect(performance.now() - changedAt).toBeLessThan(1_500);
    await close();
  });
});

describe('a search', () => {
  it('helps with typing, filters, and leads to similar products', async () => {
    const { page, troubles, close } = await visit();
    await page.goto('/');
    await page.waitForLoadState();
    await page.locator('input[name="q"]').pressSequentially('head');
    await page.waitForSelector('#suggestions option:text-matches("head", "i")', { state: 'attached' });
    await page.fill('input[name="q"]', 'wireles headphones');
    await page.press('input[name="q"]', 'Enter');
    await page.waitForSelector('.notice:has-text("corrected the spelling")');
    const total = await page.locator('.card').count();
    const brand = page.locator('input[name="brand"] >> nth=0');
    const name = await brand.getAttribute('value');
    await brand.check();
    await page.waitForURL(/brand=/);
    await page.waitForSelector('.pill.chosen');
    expect(new Set(await page.locator('.card .brand').allTextContents())).toEqual(new Set([name]));
    expect(await page.isChecked('input[name="brand"] >> nth=0')).toBe(true);
    await page.click('.pill.chosen');
    await page.waitForSelector('.pill.chosen', { state: 'detached' });
    expect(await page.locator('.card').count()).toBe(total);

    await page.click('.card-name a >> nth=0');
    await page.waitForSelector('.product');
    const heading = await page.textContent('h1');
    const similar = await page.locator('.shelf .card-name').allTextContents();
    expect(similar.length).toBeGreaterThan(0);
    expect(similar).not.toContain(heading);
    const structured = await page.locator('script[type="application/ld+json"]').allTextContents();
    const types = structured.map((text) => (JSON.parse(text) as Record<string, unknown>)['@type']);
    expect(types).toEqual(['Product', 'BreadcrumbList']);
    for (const property of ['title', 'description', 'url', 'type', 'image', 'site_name'])
      expect(await page.getAttribute(`meta[property="og:${property}"]`, 'content')).toMatch(/./);
    const session = await page.context().newCDPSession(page);
    const manifest = await session.send('Page.getAppManifest');
    expect([manifest.errors, new URL(manifest.url).pathname]).toEqual([[], '/manifest.webmanifest']);

    const markup = encodeURIComponent(HOSTILE);
    await page.goto(`/search?q=${markup}&brand=${markup}`);
    expect(await page.title()).toBe(`Results for “${HOSTILE}” · Shop`);
    expect(await page.textContent('h1')).toContain(HOSTILE);
    expect(await page.inputValue('input[name="q"]')).toBe(HOSTILE);
    await page.goto(`/login?return_to=/${markup}`);
    expect(await page.inputValue('input[name="return_to"]')).not.toBe('');
    expect(troubles()).toEqual([]);
    await close();
  });
});

/** Names of what one can use, with all that is folded opened; and those that cannot be brought into the window. */
const CONTROLS = `(() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches('.skip'));
  const nameOf = (one) => [one.localName, one.name ?? '', one.getAttribute('href') ?? one.value ?? one.textContent].join(' ');
  const cutOff = all.filter((one) => {
    one.scrollIntoView({ block: 'center', inline: 'nearest' });
    const { left, right, width, height } = one.getBoundingClientRect();
    return width === 0 || height === 0 || left < 0 || right > innerWidth + 1;
  });
  return { names: all.map(nameOf).sort(), cutOff: cutOff.map(nameOf), overflow: document.documentElement.scrollWidth - innerWidth };
})()`;

it('pages lose nothing at 200 % zoom, and nothing moves where that is unwanted', async () => {
  const { page, close } = await visit();
  const product = await chooseProduct(page).then(() => page.url());
  await page.click('form[action="/cart/items"] button');
  await page.waitForSelector('.notice.good');
  const moving = (): Promise<number> =>
    page.evaluate(`[...document.querySelectorAll('*')].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return /[1-9]/.test(transitionDuration) || animationName !== 'none';
    }).length + document.getAnimations().length`);
  for (const path of ['/', '/categories/kitchen', product, '/cart', '/checkout']) {
    const at = async (width: number) => {
      await page.setViewportSize({ width, height: width === 640 ? 430 : 860 });
      await page.goto(path);
      await until(() => page.evaluate<boolean>(isComplete));
      return page.evaluate<{ names: string[]; cutOff: string[]; overflow: number }>(CONTROLS);
    };
    const [whole, zoomed] = [await at(1280), await at(640)];
    expect([path, zoomed.cutOff, zoomed.overflow]).toEqual([path, [], 0]);
    expect([path, zoomed.names]).toEqual([path, whole.names]);
    expect([path, await moving()]).toEqual([path, 0]);
  }
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving()).toBeGreaterThan(0); // it would be seen
  await close();
});

const PAGES = [
  '/',
  '/categories/kitchen',
  '/collections/all',
  '/search?q=lamp',
  '/search?q=qqqqqqqq',
  '/cart',
  '/login',
  '/register',
  '/track',
  '/reset-password',
  '/confirm-email',
];

const ACCOUNT_PAGES = [
  '/account/profile',
  '/account/addresses',
  '/account/reviews',
  '/account/wish-list',
  '/account/cards',
  '/account/mails',
  '/account/sessions',
  '/account/privacy',
];

/** How pages look: on a telephone by night, and in a wide window by day. What does not depend on it is inspected once. */
const LOOKS = [
  { colorScheme: 'dark', width: 360, barriers: (page: Page) => barriersOn(page, ['best-practice']) },
  { colorScheme: 'light', width: 1280, barriers: barriersOfLook },
] as const;

type Look = (typeof LOOKS)[number];

/** Islands have loaded what they show. */
const isComplete = `
  document.querySelector('[data-island="visitor"]') === null ||
  performance.getEntriesByName(location.origin + '/parts/header').length > 0
`;

const dress = async (page: Page, { colorScheme, width }: Look): Promise<void> => {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
};

const inspect = async (page: Page, name: string, { colorScheme, width, barriers }: Look): Promise<void> => {
  await page.waitForLoadState();
  await until(() => page.evaluate<boolean>(isComplete));
  expect([name, colorScheme, await barriers(page)]).toEqual([name, colorScheme, []]);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect([name, colorScheme, overflow]).toEqual([name, colorScheme, 0]);
  const file = `${name.trim().replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png`;
  await page.screenshot({ path: new URL(file, REPORTS).pathname, fullPage: true });
};

/** The page as it is, in each look. */
const inspectLooks = async (page: Page, name: string): Promise<void> => {
  for (const look of LOOKS) {
    await dress(page, look);
    await inspect(page, name, look);
  }
};

/** Opens each page afresh in each look, two at a time. @param of what sets these apart from others at the same paths */
const inspectPages = async (page: Page, paths: readonly string[], of = ''): Promise<void> => {
  const inLook = async (look: Look): Promise<void> => {
    const tab = await page.context().newPage();
    await dress(tab, look);
    for (const path of paths) {
      await tab.goto(path);
      await inspect(tab, `page ${path} ${of}`, look);
    }
    await tab.close();
  };
  await Promise.all(LOOKS.map(inLook));
};

describe('accessible in both colour schemes, and fitting a computer and a telephone,', () => {
  it('are the pages for all visitors', async () => {
    const { page, troubles, close } = await visit();
    await inspectPages(page, PAGES);
    await chooseProduct(page);
    await inspectLooks(page, 'product');
    await page.click('form[action="/cart/items"] button');
    await page.waitForSelector('.notice.good');
    await inspectLooks(page, 'product, added');
    await page.goto('/login');
    await logIn(page, { email: 'nobody@example.com', password: 'wrong password' });
    await page.waitForSelector('.notice.bad');
    await inspectLooks(page, 'login refused');
    expect(troubles()).toEqual([]);
    await close();
  });

  it('are the pages of a purchase', async () => {
    const { page, troubles, close } = await visit();
    await chooseProduct(page);
    await page.click('form[action="/cart/items"] button');
    await page.waitForSelector('.notice.good');
    await page.goto('/cart');
    await inspectLooks(page, 'cart with a line');
    await page.click('a[href="/checkout"]');
    await inspectLooks(page, 'checkout of a guest');
    await fill(page, { email: 'gail@example.com', ...ADDRESS });
    await page.click('form[action="/checkout/guest"] button');
    await page.waitForSelector('input[name="delivery"]');
    await inspectLooks(page, 'checkout of a guest with an address');
    await page.goto('/login?return_to=%2Fcheckout');
    await logIn(page, await customer());
    await page.waitForSelector('#recipient');
    await fill(page, { ...ADDRESS, postal_code: '1' });
    await page.click('form[action="/checkout/addresses"] button');
    await page.waitForSelector('.fault');
    await inspectLooks(page, 'address refused');
    await fill(page, { postal_code: ADDRESS.postal_code });
    await page.click('form[action="/checkout/addresses"] button');
    await page.waitForSelector('input[name="delivery"]');
    await inspectLooks(page, 'checkout');
    await page.click('form[action="/checkout/card"] button');
    await page.waitForURL(/\/pay\?/);
    await inspectLooks(page, 'card');
    await fill(page, CARD);
    await page.click('button[type="submit"]');
    await page.waitForURL(/payment_token=/);
    await inspectLooks(page, 'checkout with a card');
    expect(troubles()).toEqual([]);
    await close();
  });

  it('are the pages of an order', async () => {
    const { page, troubles, close } = await visit();
    const { account, orderPath } = await customerWithOrder();
    await page.goto(`/login?return_to=${encodeURIComponent(orderPath)}`);
    await logIn(page, account);
    await page.waitForSelector(CONFIRMED, { timeout: 60_000 });
    await inspectLooks(page, 'order that can change');
    await page.click('a[href$="/address"]');
    await page.waitForSelector('#recipient');
    await inspectLooks(page, 'address of an order');
    await page.goto(orderPath);
    await deliver(page);
    await page.reload();
    await page.click('summary:has-text("Return items")');
    await inspectLooks(page, 'order');
    await askToReturn(page);
    await inspectLooks(page, 'order with a return');
    await page.goto('/account/returns');
    await inspectLooks(page, 'page /account/returns');
    await page.goto('/account');
    await inspectLooks(page, 'page /account');
    await page.click('.order a');
    await page.click('a[href^="/account/reviews/"]');
    await inspectLooks(page, 'review');
    await page.goto(page.url().replace('reviews', 'questions'));
    await inspectLooks(page, 'question');
    expect(troubles()).toEqual([]);
    await close();
  });

  it('are the pages of an account', async () => {
    const { page, troubles, close } = await visit();
    await page.goto('/login?return_to=/account/addresses');
    await logIn(page, await customer());
    await page.waitForSelector('#recipient');
    await fill(page, ADDRESS);
    await page.click('form[action="/account/addresses"] button');
    await page.click('.actions a');
    await inspectLooks(page, 'address of the account');
    await inspectPages(page, ACCOUNT_PAGES);
    expect(troubles()).toEqual([]);
    await close();
  });
});

/** Facts that a page reports from now on, with the answers to them. */
const reportedBy = (page: Page): readonly object[] => {
  const facts: object[] = [];
  page.on('response', (response) => {
    if (!response.url().endsWith('/api/v1/behaviour')) return;
    const body = JSON.parse(response.request().postData() ?? '') as { readonly facts: readonly object[] };
    facts.push(...body.facts.map((fact) => ({ ...fact, status: response.status() })));
  });
  return facts;
};

describe('recommendations', () => {
  const PLACE = '[data-island="recommendations"]';
  const LISTS = '**/api/v1/recommendations?*';
  const LIST_ID = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f40';
  const namesIn = (page: Page) => page.locator(`${PLACE} .card-name`).allTextContents();

  /** Products that the service would recommend, each because of the next one; `bucket` is that of an experiment. */
  const recommend = async (page: Page): Promise<readonly Schemas['ProductSummary'][]> => {
    const { body } = await staff.call('GET', '/api/v1/products?category=Electronics&limit=12', [200]);
    const { items: found } = body as { readonly items: readonly Schemas['ProductSummary'][] };
    await page.route(LISTS, (route) => {
      const query = new URL(route.request().url()).searchParams;
      const items = found.slice(0, Number(query.get('limit'))).map(({ product_id }, index) => ({
        ...{ product_id, position: index + 1, propensity: 1 },
        reason: { code: 'viewed', product_id: found[index + 1]?.product_id },
      }));
      const list = query.get('list');
      return route.fulfill({ json: { list_id: LIST_ID, list, strategy: 'session', bucket: 7, items } });
    });
    return found;
  };

  it('take the place of what is popular, with reasons; what is seen, followed and added is reported', async () => {
    const { page, troubles, close } = await visit();
    const facts = reportedBy(page);
    await page.addInitScript(`
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shift += value;
      }).observe({ type: 'layout-shift', buffered: true });
    `);
    const shift = () => page.evaluate<number>('shift');
    const [first, second, third] = await recommend(page);
    await page.goto('/');
    await page.locator(PLACE).getByRole('heading', { name: 'For you' }).waitFor();
    expect((await namesIn(page)).slice(0, 2)).toEqual([first?.name, second?.name]);
    await page.locator(PLACE).getByText(`Because you looked at ${third?.name}`, { exact: true }).waitFor();
    expect(await shift()).toBeLessThan(0.02);
    await inspectLooks(page, 'home with recommendations');
    await page.locator(PLACE).scrollIntoViewIfNeeded();
    await until(() => facts.length === 1);
    await page.locator(`${PLACE} .card a`).nth(1).click();
    await page.waitForSelector('.product');
    await page.locator(PLACE).getByRole('heading', { name: 'Often bought together' }).waitFor();
    await page.locator(PLACE).getByRole('heading', { name: 'Similar products' }).waitFor();
    await page.locator('.place .because').nth(4).waitFor();
    expect(await shift()).toBeLessThan(0.02);
    await page.click('form[action="/cart/items"] button');
    await page.waitForSelector('.notice.good');
    await until(() => facts.length === 4);
    const from = { list_id: LIST_ID, position: 2 };
    const product_id = second?.product_id;
    expect(facts).toMatchObject([
      {
        ...{
          status: 202,
          kind: 'shown',
          list_id: LIST_ID,
          placement: 'home',
          strategy: 'session',
          bucket: 7,
        },
        items: expect.arrayContaining([{ product_id, position: 2, propensity: 1 }]),
      },
      { status: 202, kind: 'clicked', product_id, ...from },
      { status: 202, kind: 'viewed', product_id, source: { kind: 'recommendation', ...from } },
      { status: 202, kind: 'added', product_id, ...from },
    ]);
    await inspectLooks(page, 'product with recommendations');
    await page.goto('/cart');
    await page.locator(PLACE).getByRole('heading', { name: 'Often bought together' }).waitFor();
    await page.locator(PLACE).getByText('Goes with: ').waitFor();
    expect(await shift()).toBeLessThan(0.02);
    await inspectLooks(page, 'cart with recommendations');
    expect(troubles()).toEqual([]);
    await close();
  });

  it.each([
    ['is away', undefined],
    ['does not answer', (route: Route) => route.abort()],
    ['knows only what is popular', (route: Route) => route.fulfill({ json: { list_id: LIST_ID, list: 'for_you', strategy: 'popular', items: Array.from({ length: 8 }, () => ({})) } })], // prettier-ignore
    ['knows too little', (route: Route) => route.fulfill({ json: { list_id: LIST_ID, list: 'for_you', strategy: 'none', items: [] } })], // prettier-ignore
  ])('leave what is popular, as it was, while the service %s', async (_, answer) => {
    const { page, requests, close } = await visit();
    if (answer) await page.route(LISTS, answer);
    const asking = page.waitForRequest(LISTS);
    await page.goto('/');
    await asking;
    await page.waitForLoadState('networkidle');
    const [shown, sent] = await page.evaluate<readonly string[]>(`(async () => {
      const page = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html');
      return [document, page].map((one) => one.querySelector('${PLACE}').innerHTML);
    })()`);
    expect(shown).toBe(sent);
    expect(requests.filter((one) => one.includes('/parts/shelf'))).toEqual([]);
    await close();
  });
});

describe('a page', () => {
  it('says what was searched and viewed, and from where', async () => {
    const { page, troubles, close } = await visit();
    const facts = reportedBy(page);
    await page.goto('/search?q=Lamp');
    await until(() => facts.length === 1);
    const link = page.locator('.listing-products .card').nth(1).locator('a').first();
    const product_id = (await link.getAttribute('href'))?.split('/')[2];
    await link.click();
    await until(() => facts.length === 2);
    await page.reload();
    await until(() => facts.length === 3);
    const source = { kind: 'search', query: 'Lamp', position: 2 };
    expect(facts).toMatchObject([
      { status: 202, kind: 'searched', query: 'Lamp', hits: expect.any(Number) },
      { status: 202, kind: 'viewed', product_id, source },
      { status: 202, kind: 'viewed', product_id },
    ]);
    expect(facts[2]).not.toHaveProperty('source');
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'visit');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', expires: -1 });
    expect(troubles()).toEqual([]);
    await close();
  });

  it.each(['/', '/categories/kitchen', '/search?q=lamp', 'of a product'])('%s is small', async (path) => {
    const { page, close } = await visit();
    if (path.startsWith('/')) await page.goto(path);
    else await chooseProduct(page);
    const html = await (await page.request.get(page.url())).text();
    const script = /src="(\/assets\/[^"]+)"/.exec(html)?.[1] ?? '';
    const code = await (await page.request.get(script)).body();
    expect(brotliCompressSync(html).length).toBeLessThan(14 * 1024);
    expect(code.length).toBeLessThan(15 * 1024);
    await close();
  });
});
