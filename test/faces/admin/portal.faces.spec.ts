import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Shopper } from '#test/kit/shopper.ts';
import { barriersOfLook, barriersOn, openBrowser, picture, visit } from '../browser.ts';
import { countClicks, heading, SCRIPT, tabTo, usePortal, withoutEvents } from './portal.ts';
import { seed, type Seeded } from './seed.ts';
import { fillIn, openAs, signOut, STAFF } from './staff.ts';

describe('the admin portal', () => {
  const portal = usePortal();
  const { open, openPage } = portal;
  let seeded: Seeded;
  let origin: string;
  let staff: Shopper;
  let shopper: Shopper;
  const questions = (): string => `/api/v1/products/${seeded.delivered.items[0]?.product_id}/questions`;
  const ask = async (text: string): Promise<string> =>
    ((await shopper.call('POST', questions(), [201], { text })).body as { question_id: string }).question_id;
  beforeAll(async () => {
    ({ origin, staff } = portal);
    seeded = await seed(portal.newShopper);
    shopper = await portal.newShopper();
    for (const text of ['Is it warm?', 'Does it float?', `${SCRIPT} Is it on www.example.com?`])
      await ask(text);
  });

  describe('signing in', () => {
    it('leads back to the page that was wanted, and out again', async () => {
      const { page, troubles } = await portal.openSession('orders', '/orders?status=delivered');
      expect(page.url()).toBe(`${origin}/admin/orders?status=delivered`);
      await page.getByRole('link', { name: seeded.delivered.number }).waitFor();
      await signOut(page);
      await page.goto(`${origin}/admin/orders`);
      await heading(page, 'Sign in').waitFor();
      expect(troubles()).toEqual([]);
    });

    it('leads to pages of the portal only', async () => {
      const { page } = await open();
      await page.goto(`${origin}/admin/sign-in?to=//evil.example`);
      await fillIn(page, STAFF.orders);
      await heading(page, 'Home').waitFor();
      expect(new URL(page.url()).origin).toBe(origin);
    });

    it('says that the password is wrong, and for how long further attempts are refused', async () => {
      const { page } = await open();
      await page.goto(`${origin}/admin`);
      await fillIn(page, ['orders@example.com', 'wrong']);
      await page.getByRole('alert').getByText('password is wrong').waitFor();
      const problem = {
        type: 'x',
        title: 'x',
        status: 429,
        detail: 'x',
        instance: 'x',
        code: 'TOO_MANY_ATTEMPTS',
      };
      await page.route('**/bff/session', (route) =>
        route.fulfill({
          status: 429,
          headers: { 'retry-after': '125' },
          contentType: 'application/problem+json',
          body: JSON.stringify(problem),
        }),
      );
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText(/again in 2:0\d minutes/).waitFor();
      expect(await page.getByRole('button', { name: 'Sign in', exact: true }).isDisabled()).toBe(true);
      expect(await barriersOn(page)).toEqual([]);
    });

    it('asks for the code of a second factor', async () => {
      const { page } = await open();
      const bodies: string[] = [];
      await page.route('**/bff/session', async (route) => {
        const body = route.request().postData() ?? '';
        if (!body.includes('password')) {
          bodies.push(body);
          await route.fulfill({
            json: {
              user: { user_id: 'u', email: 'a@example.com', first_name: 'A', last_name: 'B' },
              roles: [],
              permissions: [],
            },
          });
          return;
        }
        const problem = {
          type: 'x',
          title: 'x',
          status: 403,
          detail: 'x',
          instance: 'x',
          code: 'SECOND_FACTOR_REQUIRED',
          challenge: 'c-1',
        };
        await route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          body: JSON.stringify(problem),
        });
      });
      await page.goto(`${origin}/admin`);
      await fillIn(page, STAFF.admin);
      await page.getByLabel('Code').fill('123 456');
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('There is no such page').waitFor();
      expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
        { challenge: 'c-1', code: '123456' },
      ]);
    });

    it('takes a passkey, which was added on the page Security, as second factor and alone', async () => {
      // Passkeys belong to a host name and a port: those of the shop's settings.
      const shop = 'http://localhost:8080';
      const browser = await openBrowser([`--host-resolver-rules=MAP localhost:8080 ${new URL(origin).host}`]);
      onTestFinished(() => browser.close());
      const { page, troubles } = await visit(browser);
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('WebAuthn.enable');
      await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
        },
      });
      await openAs(page, shop, 'stock', '/stock');
      await heading(page, 'Stock').waitFor();
      await page.getByRole('button', { name: /Account:/ }).click();
      await page.getByRole('menuitem', { name: 'Security' }).click();
      await heading(page, 'Security').waitFor();
      await page.getByLabel('Name of the passkey').fill('Test key');
      await page.getByRole('button', { name: 'Add passkey' }).click();
      await page.getByText('Keep these codes where').waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'account');
      await page.setViewportSize({ width: 360, height: 740 });
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await barriersOn(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await picture(page, 'account-360-dark');
      await page.setViewportSize({ width: 1280, height: 860 });
      expect(troubles()).toEqual([]);

      await signOut(page);
      await fillIn(page, STAFF.stock);
      await page.getByRole('button', { name: 'Use your passkey' }).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'sign-in-passkey');
      await page.keyboard.press('Enter'); // it has the focus
      await heading(page, 'Needs you').waitFor();
      await signOut(page);
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await heading(page, 'Needs you').waitFor();
      await page.goto(`${shop}/admin/account`);
      await page.getByRole('button', { name: 'Remove the passkey Test key' }).click();
      await page
        .getByText('You have no passkey yet.')
        .or(page.getByRole('dialog', { name: 'Sign in again' }))
        .first()
        .waitFor();
    });

    it('shows a script neither token nor cookie', async () => {
      const visitor = await open();
      const { page } = visitor;
      const bodies: string[] = [];
      page.on('response', (response) => {
        if (response.url().includes('/bff/'))
          void response.text().then(
            (text) => bodies.push(text),
            () => undefined,
          );
      });
      await openAs(page, origin, 'orders', '/orders');
      await page.getByRole('table').waitFor();
      const kept = await page.evaluate<string[]>(
        '[document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)]',
      );
      expect(kept[0]).toBe('');
      for (const text of [...kept, ...bodies]) expect(text).not.toMatch(/eyJ|token/i);
      expect(bodies.length).toBeGreaterThan(0);
    });

    it('comes back in a dialog when the session ends, and the form is as it was', async () => {
      const { page } = await openPage('orders', `/orders/${seeded.delivered.order_id}`);
      await page.getByRole('button', { name: 'Refund' }).click();
      await page.getByText('Any amount').click();
      await page.getByLabel('Amount', { exact: true }).fill('1');
      await page.getByRole('textbox', { name: 'Reason' }).fill('A scratch');
      await page.context().clearCookies();
      await page.getByRole('button', { name: 'Refund €1.00' }).click();
      const dialog = page.getByRole('dialog', { name: 'Sign in again' });
      await dialog.locator('input[name=password]').fill(STAFF.orders[1]);
      await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('Refund of €1.00 requested').waitFor();
    });
  });

  it('asks for the password again where an act needs it, and goes on', async () => {
    const { page } = await openPage('orders', `/orders/${seeded.delivered.order_id}`);
    const body = JSON.stringify({
      type: 'x',
      title: 'x',
      status: 403,
      detail: 'x',
      instance: 'x',
      code: 'STEP_UP_REQUIRED',
    });
    await page.route(
      '**/refunds',
      (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body }),
      { times: 1 },
    );
    await page.getByRole('button', { name: 'Refund' }).click();
    await page.getByText('Any amount').click();
    await page.getByLabel('Amount', { exact: true }).fill('1');
    await page.getByRole('textbox', { name: 'Reason' }).fill('A scratch');
    await page.getByRole('button', { name: 'Refund €1.00' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await dialog.locator('input[name=password]').fill('wrong');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByText('The password is wrong.').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await dialog.locator('input[name=password]').fill(STAFF.orders[1]);
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Refund of €1.00 requested').waitFor();
  });

  describe('the menu', () => {
    it('has the pages of the role only; others are not there by their address either', async () => {
      const { page } = await openPage('catalog', '/');
      await heading(page, 'Products').waitFor();
      expect(
        await page
          .getByRole('navigation', { name: 'Pages', exact: true })
          .getByRole('link')
          .allTextContents(),
      ).toEqual(['Products', 'Collections', 'Price lists', 'Import & export']);
      await page.keyboard.press('Control+k');
      const palette = page.getByRole('dialog');
      await palette.getByRole('textbox').fill('orders@example.com');
      await palette.getByText('Nothing found').waitFor();
      await palette.getByRole('textbox').fill(seeded.delivered.number);
      await palette.getByText('Nothing found').waitFor();
      await page.keyboard.press('Escape');
      const status = (path: string): Promise<number> =>
        page.evaluate(
          `fetch('${path}', { headers: { 'X-Shop-Client': 'admin' } }).then(({ status }) => status)`,
        );
      for (const path of [
        '/api/v1/users',
        '/api/v1/staff/orders',
        `/api/v1/orders/${seeded.delivered.order_id}`,
      ])
        expect([path, await status(path)]).toEqual([
          path,
          path.endsWith('users') || path.includes('staff') ? 403 : 404,
        ]);
      for (const path of ['/orders', '/customers', `/orders/${seeded.delivered.order_id}`]) {
        await page.goto(`${origin}/admin${path}`);
        await page.getByText('There is no such page').waitFor();
      }
    });

    it('is reached by keys, as are the palette and the list of keys', async () => {
      const { page, troubles } = await openPage('admin', '/orders');
      await page.getByRole('table').waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('p');
      await heading(page, 'Products').waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' });
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder(/Search for orders/).waitFor();
      await page.keyboard.type(seeded.delivered.number);
      await page.keyboard.press('Enter'); // before the answer is there
      await heading(page, `Order ${seeded.delivered.number}`).waitFor();
      expect(troubles()).toEqual([]);
    });
  });

  describe('a product', () => {
    it('that two people change keeps the changes of both, and asks where they differ', async () => {
      const productId = seeded.delivered.items[0]?.product_id ?? '';
      const { page } = await openPage('catalog', `/products/${productId}`);
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine');
      const path = `/api/v1/products/${productId}`;
      const stored = (await staff.call('GET', `/api/v1/staff/products/${productId}`, [200])).body as {
        variants: readonly object[];
        description: string;
        brand: string;
        category_id: string;
      };
      const variants = stored.variants.map((variant) => ({ ...variant, variant_id: undefined }));
      await staff.call('PUT', path, [200], {
        name: 'Theirs',
        description: 'Changed by them.',
        brand: stored.brand,
        category_id: stored.category_id,
        variants,
      });
      await page.getByRole('button', { name: 'Save' }).click();
      const dialog = page.getByRole('dialog', { name: 'Changed meanwhile' });
      await dialog.getByRole('row', { name: /Name/ }).waitFor();
      expect(await dialog.getByRole('row').count()).toBe(2);
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'product-conflict');
      await dialog.getByRole('button', { name: 'Save the result' }).click();
      await page.getByText('Product saved').waitFor();
      const merged = (await staff.call('GET', `/api/v1/staff/products/${productId}`, [200])).body as object;
      expect(merged).toMatchObject({ name: 'Mine', description: 'Changed by them.' });
    });

    it('is created and published with its variants, by keys only', async () => {
      const { page } = await openPage('catalog', '/products/new');
      await heading(page, 'New product').waitFor();
      const categories = page.getByRole('combobox', { name: 'Category' }).locator('option');
      await categories.nth(1).waitFor({ state: 'attached' });
      const clicks = await countClicks(page);
      for (const [field, keys] of [
        [/^Name/, 'Desk lamp'],
        ['Draft', ['ArrowRight']],
        [/^Brand/, 'Lumen'],
        ['Category', ['ArrowDown']],
        ['SKU 1', 'LAMP-E2E'],
        [/Price$/, '1,049.90'],
      ] as const) {
        await tabTo(page, field);
        if (typeof keys === 'string') await page.keyboard.type(keys);
        else for (const key of keys) await page.keyboard.press(key);
      }
      await page.keyboard.press('Control+s');
      await heading(page, 'Desk lamp').waitFor();
      expect(await clicks()).toBe(0);
      const { items } = (await staff.call('GET', '/api/v1/staff/products?sku=LAMP-E2E', [200])).body as {
        items: readonly object[];
      };
      expect(items).toMatchObject([{ name: 'Desk lamp', status: 'published', price_from: 1049.9 }]);
    });
  });

  describe('the queue of reviews', () => {
    it('is worked off by keys', async () => {
      const { page, troubles } = await openPage('reviews', '/reviews');
      await page.getByText('1 of 2').waitFor();
      await page.keyboard.press('j');
      await page.getByText('2 of 2').waitFor();
      await page.keyboard.press('k');
      await page.keyboard.press('r');
      await page.getByRole('combobox', { name: 'Reason' }).selectOption('spam');
      await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
      await page.getByText('Review rejected').waitFor();
      await page.getByText('1 of 1').waitFor();
      await page.keyboard.press('a');
      await page.getByText('All done').waitFor();
      expect(troubles()).toEqual([]);
    });
  });

  describe('the queue of questions', () => {
    it('is decided about by keys, with the reason in the audit trail', async () => {
      const { page, troubles } = await openPage('reviews', '/questions');
      await page.getByRole('article').getByText(SCRIPT).waitFor();
      await page.keyboard.press('a');
      await page.getByText('Question approved').waitFor();
      await page.getByText('All done').waitFor();
      const questionId = await ask('Is it cheaper at www.example.com?');
      await page.goto(`${origin}/admin/questions`);
      await page.getByText('1 of 1').waitFor();
      await page.keyboard.press('r');
      await page
        .getByRole('dialog')
        .getByRole('textbox', { name: /^Reason/ })
        .fill('Advertises');
      expect(await barriersOn(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByText('Question rejected').waitFor();
      await page.getByText('All done').waitFor();
      await expect
        .poll(async () => {
          const path = `/api/v1/audit-entries?subject_id=${questionId}`;
          return ((await staff.call('GET', path, [200])).body as { items: readonly object[] }).items;
        })
        .toMatchObject([{ operation: 'decideQuestion', reason: 'Advertises' }]);
      expect(await page.title()).not.toBe('owned');
      expect(troubles()).toEqual([]);
    });

    it('has questions that the shop answers, also those that are not visible yet', async () => {
      const { page, troubles } = await openPage('reviews', '/questions?view=answer');
      const card = page.getByRole('article');
      await card.getByText('Is it warm?').waitFor();
      await page.keyboard.press('j');
      await card.getByText('Does it float?').waitFor();
      await page.keyboard.press('k');
      const answer = page.getByRole('textbox', { name: 'Answer' });
      await answer.fill('Down to −10 °C.');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Answer sent').waitFor();
      await card.getByText('Does it float?').waitFor();
      await ask('Is it this one: www.example.com?');
      await page.getByRole('link', { name: 'To check' }).click();
      await answer.fill('It is.');
      await page.getByRole('button', { name: 'Approve the question and answer' }).click();
      await page.getByText('All done').waitFor();
      const { items } = (await staff.call('GET', questions(), [200])).body as { items: readonly object[] };
      expect(items).toMatchObject([
        { text: 'Is it this one: www.example.com?', answers: [{ text: 'It is.', is_staff: true }] },
        { text: expect.stringContaining('Is it on') },
        { text: 'Does it float?', answers: [] },
        { text: 'Is it warm?', answers: [{ text: 'Down to −10 °C.', is_staff: true }] },
      ]);
      expect(troubles()).toEqual([]);
    });

    it('keeps an answer that was begun, and has answers of customers to check', async () => {
      const { page, troubles } = await openPage('reviews', '/questions?view=answer');
      const answer = page.getByRole('textbox', { name: 'Answer' });
      await page.getByText('1 of 2').waitFor();
      await answer.fill('Half an');
      await page.getByRole('button', { name: 'Next in the queue' }).click();
      await page.getByText('2 of 2').waitFor();
      expect(await answer.inputValue()).toBe('');
      await page.getByRole('button', { name: 'Previous in the queue' }).click();
      expect(await answer.inputValue()).toBe('Half an');
      await page.getByRole('link', { name: 'Reviews' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
      await heading(page, 'Reviews').waitFor();
      const other = await portal.newShopper();
      const asked = await other.call('POST', questions(), [201], { text: 'Is it light?' });
      const { question_id: questionId } = asked.body as { question_id: string };
      const path = `/api/v1/questions/${questionId}/answers`;
      await other.call('POST', path, [201], { text: 'See www.example.com.' });
      await page.goto(`${origin}/admin/needs-you`);
      await page.getByRole('region', { name: 'Questions to check' }).getByRole('link').click();
      await page
        .getByRole('group', { name: /^Sam/ })
        .getByRole('button', { name: /^Reject/ })
        .waitFor();
      await page.keyboard.press('a');
      await page.getByText('Answer approved').waitFor();
      expect(troubles()).toEqual([]);
    });
  });

  /** Each page, with what tells that it is there. */
  const screens = (): readonly (readonly [name: string, path: string, ready: string])[] => [
    ['orders', '/orders', 'table'],
    ['order', `/orders/${seeded.delivered.order_id}`, 'h1'],
    ['stock', '/stock', '[role=grid]'],
    ['products', '/products', 'table'],
    ['product', `/products/${seeded.delivered.items[0]?.product_id}`, 'h1'],
    ['prices', '/prices', 'h1'],
    ['imports', '/imports', 'h1'],
    ['collections', '/collections', 'h1'],
    ['reviews', '/reviews?view=approved', 'h1'],
    ['questions', '/questions?view=answer', 'article'],
    ['home', '/home', 'h1'],
    ['needs-you', '/needs-you', 'section'],
    ['webhooks', '/webhooks', 'h1'],
    ['system', '/system', 'table'],
    ['saga', `/system/orders/${seeded.lost.order_id}`, 'h1'],
  ];

  it.each([
    ['light', 1280, barriersOn],
    ['dark', 360, barriersOfLook], // what does not depend on colours and sizes was inspected
  ] as const)(
    'in %s, no page has a barrier, is wider than %i pixels, or complains',
    async (colorScheme, width, barriers) => {
      const { page, troubles, requests } = await openPage('admin', '/orders', {
        colorScheme,
        viewport: { width, height: 800 },
      });
      await withoutEvents(page);
      for (const [name, path, ready] of screens()) {
        await page.goto(`${origin}/admin${path}`);
        await page.locator(ready).first().waitFor();
        await page.waitForLoadState('networkidle');
        await picture(page, `${name}-${width}-${colorScheme}`);
        expect([name, await barriers(page)]).toEqual([name, []]);
        expect([
          name,
          await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
        ]).toEqual([name, 0]);
      }
      expect(troubles()).toEqual([]);
      // Nothing comes from elsewhere.
      expect(
        requests.filter((one) => !/^\w+ (blob:|data:)/.test(one) && !one.split(' ')[1]?.startsWith(origin)),
      ).toEqual([]);
    },
  );

  it('speaks German, and keeps doing so', async () => {
    const { page } = await open({ locale: 'de-DE' });
    await page.goto(`${origin}/admin/orders`);
    await page.getByLabel('E-Mail-Adresse').fill(STAFF.orders[0]);
    await page.locator('input[name=password]').fill(STAFF.orders[1]);
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await heading(page, 'Bestellungen').waitFor();
    await page
      .getByText(/\d,\d\d\s€/)
      .first()
      .waitFor();
    expect(await page.evaluate<string>('document.documentElement.lang')).toBe('de');
  });
});
