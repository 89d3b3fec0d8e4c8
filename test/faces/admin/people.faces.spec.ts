import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOTP, URI } from 'otpauth';
import type { Locator, Page } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { CLIENT, openOidcProvider } from '#test/kit/oidc-provider.ts';
import type { Shopper } from '#test/kit/shopper.ts';
import { ADDRESS, CARDS, type OrderView } from '#test/kit/shopper.ts';
import { barriersInSchemes, barriersOfLook, barriersOn, picture } from '../browser.ts';
import { heading, SCRIPT, usePortal, withoutEvents } from './portal.ts';
import { fillIn, signOut, STAFF } from './staff.ts';

interface Account {
  readonly user_id: string;
  readonly email: string;
}

/** A colleague of the OIDC provider is in the audit trail, and has no account whose name could be shown. */
const isTrouble = (trouble: string): boolean => !/\b404\b/.test(trouble);

/** What a camera would read on the screen; by a file, because media has sharp decode nothing else in this process. */
const scan = async (symbol: Locator): Promise<string> => {
  const path = join(temporaryFolder(), 'symbol.png');
  await symbol.screenshot({ path });
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ data, width: info.width, height: info.height }, { effort: 2, timeLimit: 1000 });
};

describe('people in the admin portal', () => {
  let provider: Awaited<ReturnType<typeof openOidcProvider>>;
  const portal = usePortal(async () => {
    provider = await openOidcProvider();
    return {
      OIDC_ISSUER: provider.url,
      OIDC_JWKS_URL: `${provider.url}/jwks`,
      GATEWAY_OIDC_CLIENT_ID: CLIENT.id,
      GATEWAY_OIDC_CLIENT_SECRET: CLIENT.secret,
    };
  });
  let buyer: Shopper;
  let order: OrderView;
  let account: Account;

  const accountOf = async ({ userId }: Shopper): Promise<Account> =>
    (await portal.staff.call('GET', `/api/v1/users/${userId}`, [200])).body as Account;

  beforeAll(async () => {
    buyer = await portal.newShopper();
    await buyer.call('POST', `/api/v1/users/${buyer.userId}/addresses`, [201], ADDRESS);
    await buyer.addToCart(await buyer.findVariant(10), 1);
    order = await buyer.order(CARDS.good);
    account = await accountOf(buyer);
  });

  /** Fills in the reason, where there is one, and submits. */
  const confirm = async (page: Page, submit: string): Promise<void> => {
    const dialog = page.getByRole('dialog').first();
    const button = dialog.getByRole('button', { name: submit, exact: true });
    await button.waitFor();
    const reason = dialog.getByRole('textbox', { name: /^Reason/ });
    if ((await reason.count()) > 0) await reason.fill('Asked for by phone');
    expect(await barriersOn(page)).toEqual([]);
    await button.click();
  };

  describe('customers', () => {
    it('are found by their e-mail address, with their orders, addresses and sessions', async () => {
      const { page, troubles } = await portal.openPage('admin', '/customers');
      await page.getByRole('table').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type(account.email);
      await page.waitForURL(/q=/);
      await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
      const row = page.getByRole('row').filter({ hasText: account.email });
      await row.getByRole('link').click();
      await heading(page, 'Sam Shopper').waitFor();
      expect(page.url()).toBe(`${portal.origin}/admin/customers/${account.user_id}`);
      await page.getByText(ADDRESS.line1).waitFor();
      await page.getByRole('button', { name: 'End', exact: true }).first().waitFor();
      await page.getByRole('link', { name: order.number }).click();
      await heading(page, `Order ${order.number}`).waitFor();
      expect(troubles()).toEqual([]);
    });

    it('are deactivated and reactivated with a reason, which is in the audit trail', async () => {
      const shopper = await portal.newShopper();
      const { user_id: userId } = await accountOf(shopper);
      const { page } = await portal.openPage('admin', `/customers/${userId}`);
      await page.getByRole('button', { name: 'Deactivate' }).click();
      await confirm(page, 'Deactivate');
      await page.getByText('Account deactivated').waitFor();
      await page.getByText('Logged in nowhere.').waitFor();
      await page.getByRole('button', { name: 'Reactivate' }).click();
      await confirm(page, 'Reactivate');
      await page.getByText('Active', { exact: true }).waitFor();
      await expect
        .poll(async () => {
          const trail = await portal.staff.call('GET', `/api/v1/audit-entries?subject_id=${userId}`, [200]);
          return (trail.body as { items: readonly { reason: string }[] }).items.length;
        })
        .toBe(2);
      await page.getByRole('link', { name: 'Changes by staff' }).click();
      await page.getByRole('link', { name: 'setStatus' }).first().click();
      const drawer = page.getByRole('dialog', { name: 'setStatus' });
      await drawer.getByText('Asked for by phone').waitFor();
      const change = drawer.getByRole('row').filter({ hasText: 'status' });
      expect(await change.getByRole('cell').allTextContents()).toEqual(['deactivated', 'active']);
      await drawer.getByText('Ada Admin', { exact: true }).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'audit-entry');
    });

    it('get their data as a file', async () => {
      const { page } = await portal.openPage('admin', `/customers/${account.user_id}`);
      await page.getByRole('button', { name: 'Export data' }).click();
      const downloading = page.waitForEvent('download');
      await confirm(page, 'Download');
      const file = await downloading;
      expect(file.suggestedFilename()).toBe(`personal-data-${account.user_id}.zip`);
      expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
    });

    it('are erased once their address has been typed, with a report of every service', async () => {
      const { user_id: userId, email } = await accountOf(await portal.newShopper());
      const { page } = await portal.openPage('admin', `/customers/${userId}`);
      await page.getByRole('button', { name: 'Erase' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^To confirm/).fill('someone@else.example');
      await confirm(page, 'Erase for good');
      await dialog.getByText('Enter the e-mail address of the customer.').waitFor();
      await dialog.getByLabel(/^To confirm/).fill(email);
      await picture(page, 'customer-erase');
      await dialog.getByRole('button', { name: 'Erase for good' }).click();
      const report = page.getByRole('dialog', { name: 'Erasure' });
      await report.getByText('Every service has erased the data.').waitFor({ timeout: 60_000 });
      expect(await report.getByRole('row').count()).toBeGreaterThan(3);
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'erasure');
      await page.goto(`${portal.origin}/admin/customers/${userId}`);
      await page.getByText('There is no such account.').waitFor();
    });

    it('have names that are shown as text, whatever is in them', async () => {
      const shopper = await portal.newShopper();
      const { user_id: userId } = await accountOf(shopper);
      const name = '<img src=x onerror=alert(1)>'; // what looks like a web address is refused
      await shopper.call('PUT', `/api/v1/users/${userId}`, [200], { first_name: name, last_name: 'Last' });
      const { page, troubles } = await portal.openPage('admin', '/customers');
      await page.getByRole('link', { name }).click();
      await heading(page, `${name} Last`).waitFor();
      expect(await page.title()).toContain('<img');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('textbox').fill('<img');
      await page.getByRole('dialog').getByText(name).waitFor();
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      expect(troubles()).toEqual([]);
    });

    it('say when nobody matches, with the way back to all, and when the shop cannot be reached', async () => {
      const { page } = await portal.openPage('admin', '/customers?q=nobodyatall');
      await page.getByText('No customer found').waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.getByRole('button', { name: 'Clear the filters' }).click();
      await page.getByRole('table').waitFor();
      await page.context().setOffline(true);
      await page.getByRole('link', { name: 'Deactivated' }).click();
      await page.getByText('The shop cannot be reached').waitFor();
    });
  });

  describe('staff', () => {
    it('are invited with roles, which are changed later', async () => {
      const { page, troubles } = await portal.openPage('admin', '/staff');
      await page.getByRole('link', { name: 'Otto Orders' }).waitFor();
      await page.getByRole('button', { name: 'Invite' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('E-mail address').fill('kim@example.com');
      await dialog.getByLabel('First name').fill('Kim');
      await dialog.getByLabel('Last name').fill('Keeper');
      await confirm(page, 'Send invitation');
      await page.getByText('Choose at least one role.').waitFor();
      await page.getByRole('checkbox', { name: 'Reviews' }).check();
      await picture(page, 'staff-invite');
      await confirm(page, 'Send invitation');
      await page.getByText('Invitation sent to kim@example.com').waitFor();
      await heading(page, 'Kim Keeper').waitFor();
      await page.getByRole('button', { name: 'Change roles' }).click();
      await page.getByRole('checkbox', { name: 'Inventory' }).check();
      await page.getByRole('checkbox', { name: 'Reviews' }).uncheck();
      await confirm(page, 'Save');
      await page.getByText('Roles changed').waitFor();
      await page.getByText('Stock and its history.').waitFor();
      await page.goto(`${portal.origin}/admin/staff?role=inventory_manager`);
      await page.getByRole('link', { name: 'Kim Keeper' }).waitFor();
      expect(await page.getByRole('link', { name: 'Otto Orders' }).count()).toBe(0);
      expect(troubles()).toEqual([]);
    });

    it('prove again who they are where the shop asks for it, and go on', async () => {
      const { page } = await portal.openPage('admin', '/staff?q=otto');
      await page.getByRole('link', { name: 'Otto Orders' }).click();
      await page.getByRole('button', { name: 'Deactivate' }).click();
      const body = JSON.stringify({
        type: 'x',
        title: 'x',
        status: 403,
        detail: 'x',
        instance: 'x',
        code: 'STEP_UP_REQUIRED',
      });
      await page.route(
        '**/status',
        (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body }),
        { times: 1 },
      );
      await confirm(page, 'Deactivate');
      const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
      await proof.locator('input[name=password]').fill(STAFF.admin[1]);
      await proof.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('Account deactivated').waitFor();
      await page.getByRole('button', { name: 'Reactivate' }).click();
      await confirm(page, 'Reactivate');
      await page.getByText('Account reactivated').waitFor();
    });

    it('who log in at a provider prove there again who they are, in a tab of its own, and go on', async () => {
      await buyer.waitForStatus(order.order_id, 'delivered');
      provider.age(2 * 3_600);
      const { page, troubles } = await portal.open();
      await page.goto(`${portal.origin}/admin/orders/${order.order_id}`);
      const signIn = page.getByRole('button', { name: 'Sign in with your company account' });
      provider.lie({ response: { error: 'access_denied' } });
      await signIn.click();
      await page.getByText('The sign-in failed.').waitFor();
      provider.lie({});
      await signIn.click();
      await heading(page, `Order ${order.number}`).waitFor();
      await page.getByRole('button', { name: 'Refund' }).click();
      await page.getByText('Any amount').click();
      await page.getByLabel('Amount', { exact: true }).fill('1');
      await page.getByRole('textbox', { name: 'Reason' }).fill('A scratch');
      await page.getByRole('button', { name: 'Refund €1.00' }).click();
      const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
      const toProvider = proof.getByRole('link', { name: 'Confirm with your company account' });
      await toProvider.waitFor();
      expect(await proof.locator('input').count()).toBe(0);
      expect(await barriersInSchemes(page, 'step-up-provider')).toEqual([]);
      provider.lie({ subject: 'a-colleague' });
      await toProvider.click();
      await proof.getByText('You have signed in there as olga@example.com').waitFor();
      expect(await barriersOn(page)).toEqual([]);
      provider.lie({});
      await toProvider.click();
      await page.getByText('Refund of €1.00 requested').waitFor();

      await page.getByRole('button', { name: 'Refund' }).click();
      await page.getByText('Any amount').click();
      await page.getByLabel('Amount', { exact: true }).fill('2');
      await page.getByRole('textbox', { name: 'Reason' }).fill('Another one');
      await page.context().clearCookies();
      await page.getByRole('button', { name: 'Refund €2.00' }).click();
      const again = page.getByRole('dialog', { name: 'Sign in again' });
      await again.getByRole('link', { name: 'Confirm with your company account' }).click();
      await page.getByText('Refund of €2.00 requested').waitFor();
      expect(troubles().filter((trouble) => !/40[13]/.test(trouble))).toEqual([]);

      await page.goto(`${portal.origin}/admin/account`);
      await page.getByText('Passkeys and codes are set up there.').waitFor();
      await page.addInitScript('globalThis.close = () => {}');
      await page.goto(`${portal.origin}/admin/confirmed`);
      await heading(page, 'Confirmed').waitFor();
      expect(await barriersOn(page)).toEqual([]);
    });

    it('may have an app as second factor, or a recovery code in its place, each accepted once', async () => {
      const { page, troubles } = await portal.openSession('reviews', '/account');
      await page.getByRole('button', { name: 'Set up an app' }).click();
      const shown = page.locator('main pre');
      const key = ((await shown.textContent()) ?? '').replaceAll(' ', '');
      const symbol = page.getByRole('img', { name: 'QR code with the key' });
      await symbol.waitFor();
      expect(await barriersInSchemes(page, 'account-app')).toEqual([]);
      const [inLight, inDark] = [
        await scan(symbol),
        await page.emulateMedia({ colorScheme: 'dark' }).then(() => scan(symbol)),
      ];
      expect(inDark).toBe(inLight);
      const app = URI.parse(inLight);
      if (!(app instanceof TOTP)) throw new Error('an app makes codes from the time');
      expect([app.secret.base32, app.label]).toEqual([key, STAFF.reviews[0]]);
      const code = page.getByLabel('Code of the app');
      await code.fill(app.generate({ timestamp: 0 }));
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('The code is wrong.').waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await code.fill(app.generate());
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('Your app is set up.').waitFor();
      await page.getByText('Keep these codes where').waitFor();
      const codes = ((await shown.textContent()) ?? '').split('\n');
      expect(new Set(codes).size).toBe(10);
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'account-codes');
      await page.reload();
      await page.getByText('10 codes left.').waitFor();
      expect(await shown.count()).toBe(0);

      const prove = async (factor = ''): Promise<number> => {
        await page.getByLabel('Code').fill(factor);
        const answered = page.waitForResponse((response) => response.url().endsWith('/bff/session'));
        await page.getByRole('button', { name: 'Confirm' }).click();
        return (await answered).status();
      };
      await signOut(page);
      await fillIn(page, STAFF.reviews);
      expect(await prove(codes[0])).toBe(200);
      await heading(page, 'Needs you').waitFor();
      await page.goto(`${portal.origin}/admin/account`);
      await page.getByText('9 codes left.').waitFor();
      await page.getByRole('button', { name: 'Make new codes' }).click();
      await page.getByText('10 codes left.').waitFor();
      const others = ((await shown.textContent()) ?? '').split('\n');
      await page.getByRole('button', { name: 'I have kept them' }).click();
      await shown.waitFor({ state: 'detached' });
      await signOut(page);
      await fillIn(page, STAFF.reviews);
      for (const [factor, status] of [
        [codes[0], 403], // used
        [codes[1], 403], // replaced
        [others[0], 200],
      ] as const)
        expect(await prove(factor)).toBe(status);
      await heading(page, 'Needs you').waitFor();
      expect(troubles().filter((trouble) => !/40[13]|422/.test(trouble))).toEqual([]);
    });

    it('cannot act on their own account', async () => {
      const { page } = await portal.openPage('admin', '/staff?role=admin');
      await page.getByRole('link', { name: 'Ada Admin' }).click();
      await page.getByText('This is your own account.').waitFor();
      expect(await page.getByRole('button', { name: /Deactivate|Change roles/ }).count()).toBe(0);
    });

    it('without the permission see none of these pages', async () => {
      const { page } = await portal.openPage('orders', '/orders');
      for (const path of ['/customers', '/staff', '/audit']) {
        await page.goto(`${portal.origin}/admin${path}`);
        await page.getByText('There is no such page').waitFor();
      }
    });
  });

  describe('the audit trail', () => {
    it('is narrowed by filters, each of which is a chip and in the URL', async () => {
      const { page, troubles } = await portal.openPage('admin', '/audit');
      await page.getByRole('table').waitFor();
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('combobox', { name: 'Who' }).selectOption('Otto Orders');
      await page.getByText('No entry found').waitFor();
      await page.getByRole('button', { name: 'Remove the filter Who: Otto Orders' }).click();
      await page.getByRole('combobox', { name: 'Area' }).selectOption('Accounts');
      await page.getByRole('combobox', { name: 'Operation' }).fill('assignRoles');
      await page.getByRole('button', { name: 'Remove the filter Operation: assignRoles' }).waitFor();
      await expect.poll(() => page.getByRole('link', { name: 'setStatus' }).count()).toBe(0);
      expect(new URL(page.url()).search).toBe('?category=accounts&operation=assignRoles');
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'audit-filters');
      await page.reload();
      await page.getByRole('link', { name: 'assignRoles' }).first().click();
      await page.getByRole('dialog', { name: 'assignRoles' }).getByText('inventory_manager').waitFor();
      await page.getByRole('dialog').getByRole('link', { name: 'All of this request' }).click();
      await page.getByRole('button', { name: /^Remove the filter Request/ }).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(troubles().filter(isTrouble)).toEqual([]);
    });
  });

  describe('mails', () => {
    it('are previewed in both languages, and sent again with a reason', async () => {
      const { page, troubles } = await portal.openPage('orders', `/mails?order=${order.order_id}`);
      await page.getByRole('link', { name: 'Your order is confirmed' }).first().click();
      const drawer = page.getByRole('dialog', { name: 'Your order is confirmed' });
      await drawer.getByText(order.number).first().waitFor();
      await drawer.getByRole('combobox', { name: 'Language of the preview' }).selectOption('Deutsch');
      await drawer.getByText('Ihre Bestellung ist bestätigt').first().waitFor();
      const mail = page.frameLocator('iframe[title="The mail as HTML"]');
      await mail.getByRole('heading', { name: 'Ihre Bestellung ist bestätigt' }).waitFor();
      // Styled by what it brings, which the policy allows: see the troubles below.
      expect((await mail.locator('.head').boundingBox())?.height).toBeGreaterThan(50);
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'mail');
      await drawer.getByRole('button', { name: 'Send again' }).click();
      const dialog = page.getByRole('dialog', { name: 'Send again' });
      await dialog.getByRole('textbox', { name: /^Reason/ }).fill('Not received');
      await dialog.getByRole('button', { name: 'Send again' }).click();
      await page.getByText('The message is on its way').waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('link', { name: 'Your order is confirmed' }).count()).toBe(2);
      expect(troubles()).toEqual([]);
    });

    it('run no scripts, load nothing and lead nowhere, whatever they contain', async () => {
      const { page, requests } = await portal.openPage('orders', `/mails?order=${order.order_id}`);
      const outside: string[] = []; // what got past the policy of the page
      await page.route(/^https:\/\/(tracker|evil)\.example/, async (route) => {
        outside.push(route.request().url());
        await route.abort();
      });
      await page.route('**/preview*', async (route) => {
        const body = (await (await route.fetch()).json()) as object;
        const html = `<p id="end"><a href="/elsewhere" target="_top">Leave</a>${SCRIPT}
          <img src="https://tracker.example/pixel" onerror="top.document.title='owned'">
          <form action="/bff/session" method="post"><button>Send</button></form>
          <meta http-equiv="refresh" content="0;url=https://evil.example/"></p>`;
        await route.fulfill({ json: { ...body, html } });
      });
      await page.getByRole('link', { name: 'Your order is confirmed' }).first().click();
      const mail = page.frameLocator('iframe[title="The mail as HTML"]');
      await mail.getByText('Leave').click();
      await mail.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('dialog').getByText(order.number).first().waitFor();
      expect(await page.title()).not.toBe('owned');
      expect(page.url()).toContain('/admin/mails');
      expect(outside).toEqual([]);
      expect(requests.filter((request) => /elsewhere|POST .*bff\/session {}/.test(request))).toEqual([]);
    });

    it('about accounts are not shown, because they contain secrets', async () => {
      const { page } = await portal.openPage('admin', '/mails?kind=user.email_verification_requested');
      await page.locator('.row-link').first().click();
      await page.getByText('there is no preview').waitFor();
    });
  });

  it('are reached by keys', async () => {
    const { page } = await portal.openPage('admin', '/orders');
    await page.getByRole('table').waitFor();
    for (const [key, title] of [
      ['c', 'Customers'],
      ['m', 'Mails'],
      ['t', 'Staff'],
      ['a', 'Audit trail'],
    ] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await heading(page, title).waitFor();
    }
  });

  const screens = (): readonly (readonly [name: string, path: string, ready: string])[] => [
    ['customers', '/customers', 'table'],
    ['customer', `/customers/${account.user_id}`, 'address'],
    ['mails', '/mails', 'table'],
    ['staff', '/staff', 'table'],
    ['member', `/staff/${portal.staff.userId}`, 'h1'],
    ['audit', '/audit', 'table'],
  ];

  it.each([
    ['light', 1280, barriersOn],
    ['dark', 360, barriersOfLook], // what does not depend on colours and sizes was inspected
  ] as const)(
    'in %s, no page has a barrier, is wider than %i pixels, or complains',
    async (colorScheme, width, barriers) => {
      const { page, troubles } = await portal.openPage('admin', '/orders', {
        colorScheme,
        viewport: { width, height: 800 },
      });
      await withoutEvents(page);
      for (const [name, path, ready] of screens()) {
        await page.goto(`${portal.origin}/admin${path}`);
        await page.locator(ready).first().waitFor();
        await page.waitForLoadState('networkidle');
        await picture(page, `${name}-${width}-${colorScheme}`);
        expect([name, await barriers(page)]).toEqual([name, []]);
        expect([
          name,
          await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
        ]).toEqual([name, 0]);
      }
      expect(troubles().filter(isTrouble)).toEqual([]);
    },
  );
});
