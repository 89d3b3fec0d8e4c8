import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { barriersOn, picture } from '../browser.ts';
import { countClicks, heading, usePortal } from './portal.ts';
import { seed, type Seeded } from './seed.ts';

describe('orders in the admin portal', () => {
  const portal = usePortal();
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await seed(portal.newShopper);
  });

  const row = (page: Page, { number }: { readonly number: string }) =>
    page.getByRole('row').filter({ has: page.getByRole('link', { name: number }) });

  describe('the list', () => {
    it('has rows that are links, tabs with counts, and the customer of each order', async () => {
      const { page, troubles } = await portal.openPage('orders', '/orders');
      const link = page.getByRole('link', { name: seeded.lost.number });
      expect(await link.getAttribute('href')).toBe(`/admin/orders/${seeded.lost.order_id}`);
      await row(page, seeded.lost)
        .getByText(/@example/)
        .waitFor();
      const views = page.getByRole('navigation', { name: 'Views' });
      await views.getByRole('link', { name: /^Needs you\s*1$/ }).click();
      await page.waitForURL(/view=needs_you/);
      await page.getByRole('link', { name: seeded.delivered.number }).waitFor({ state: 'detached' });
      await row(page, seeded.lost).getByText('Lost', { exact: true }).waitFor();
      expect(troubles()).toEqual([]);
    });

    it('finds by number, name and e-mail address, and keeps what it shows in its address', async () => {
      const { page } = await portal.openPage('orders', '/orders');
      await page.getByRole('table').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type(seeded.declined.number.toLowerCase().replace('-', ''));
      await page.getByRole('link', { name: seeded.delivered.number }).waitFor({ state: 'detached' });
      await page.getByRole('link', { name: seeded.declined.number }).waitFor();
      const email = (await row(page, seeded.declined).getByText(/@/).first().textContent()) ?? '';
      await page.getByRole('searchbox').fill(email);
      await page.waitForURL(/q=.*%40/);
      await page.getByRole('link', { name: seeded.declined.number }).waitFor();
      await page.reload();
      await page.getByRole('link', { name: seeded.declined.number }).waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe(email);
    });

    it('is narrowed by filters, each of which is a chip', async () => {
      const { page } = await portal.openPage('orders', '/orders');
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('combobox', { name: 'Payment' }).selectOption('Payment failed');
      await page.getByRole('link', { name: seeded.delivered.number }).waitFor({ state: 'detached' });
      await page.getByRole('textbox', { name: 'Country' }).fill('de');
      await page.getByRole('button', { name: 'Remove the filter Country: Germany' }).waitFor();
      await page.getByRole('spinbutton', { name: 'Total from' }).fill('1000000');
      await page.getByText('No order matches').waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await page.getByRole('button', { name: /^Remove the filter Total from/ }).click();
      await page.getByRole('link', { name: seeded.declined.number }).waitFor();
      await picture(page, 'orders-filters');
      expect(new URL(page.url()).search).toBe('?payment=failed&country=DE');
      await page.getByRole('combobox', { name: 'Carrier' }).focus();
      await page.keyboard.type('DH');
      await page.getByRole('button', { name: 'Remove the filter Carrier: DH', exact: true }).waitFor();
      await page.keyboard.type('L'); // the field still has the focus
      await page.getByRole('button', { name: 'Remove the filter Carrier: DHL' }).waitFor();
      await page.getByRole('link', { name: seeded.declined.number }).waitFor();
      await page.getByRole('button', { name: 'Clear the filters' }).click();
      await page.getByRole('link', { name: seeded.delivered.number }).waitFor();
    });

    it('leads to an order and its neighbours, and Back to the same list', async () => {
      const { page } = await portal.openPage('orders', '/orders?sort=oldest');
      const numbers = await page.getByRole('table').locator('.row-link').allTextContents();
      await page.getByRole('link', { name: numbers[0] ?? '' }).click();
      await heading(page, `Order ${numbers[0]}`).waitFor();
      await page.getByRole('link', { name: 'Next order' }).click();
      await heading(page, `Order ${numbers[1]}`).waitFor();
      await page.keyboard.press('j');
      await heading(page, `Order ${numbers[2]}`).waitFor();
      await page.keyboard.press('k');
      await heading(page, `Order ${numbers[1]}`).waitFor();
      await page
        .getByRole('navigation', { name: 'Where you are' })
        .getByRole('link', { name: 'Orders' })
        .click();
      await page.waitForURL(/\/orders\?sort=oldest$/);
    });
  });

  describe('a refund', () => {
    it('of one unit takes 3 clicks, is previewed by the shop, and is made once', async () => {
      const { order_id: orderId } = seeded.delivered;
      const [item] = seeded.delivered.items;
      const { page, troubles } = await portal.openPage('orders', `/orders/${orderId}`);
      await page.getByRole('button', { name: 'Refund' }).waitFor();
      const clicks = await countClicks(page);
      await page.getByRole('button', { name: 'Refund' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Reason' }).waitFor();
      await page.keyboard.type('A “scratch”'); // it has the focus
      await dialog.getByRole('button', { name: `More of ${item?.name}` }).click();
      const submit = dialog.getByRole('button', { name: /^Refund €/ });
      await submit.waitFor();
      const amount = Number((await submit.textContent())?.replace('Refund €', ''));
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'refund');
      await submit.dblclick();
      await page.getByText(/^Refund of .* requested$/).waitFor();
      expect(await clicks()).toBe(4); // with the second press, which has no effect
      const order = await portal.staff.waitFor(orderId, ({ refunded_total: refunded }) => refunded > 0);
      expect(order.refunded_total).toBeCloseTo(amount);
      await page.getByText('1 refunded').waitFor();
      await page.getByText('Partly refunded').waitFor();
      expect(troubles()).toEqual([]);
    });

    it('that is too high is refused before it is sent', async () => {
      const { page } = await portal.openPage('orders', `/orders/${seeded.delivered.order_id}`);
      await page.getByRole('button', { name: 'Refund' }).click();
      await page.getByText('Any amount').click();
      await page.getByLabel('Amount', { exact: true }).fill('99999');
      await page.getByText(/At most .* can still be refunded/).waitFor();
      expect(await barriersOn(page)).toEqual([]);
    });

    it('by two people at once shows the second what the first did', async () => {
      const { order_id: orderId } = seeded.delivered;
      const { page } = await portal.openPage('orders', `/orders/${orderId}`);
      await page.getByRole('button', { name: 'Refund' }).click();
      await page.getByRole('button', { name: 'Everything that is left' }).click();
      await page.getByRole('button', { name: /^Refund €/ }).waitFor();
      await page.route('**/api/v1/orders/*', (route) =>
        route.request().method() === 'GET' ? route.abort() : route.fallback(),
      );
      await portal.staff.call('POST', `/api/v1/orders/${orderId}/refunds`, [202], {
        amount: 1,
        currency: 'EUR',
        reason: 'By a colleague',
      });
      await page.unroute('**/api/v1/orders/*');
      await page.getByText('This order has changed since you opened the dialog').waitFor({ timeout: 30_000 });
      await page.getByText(/Refunded: €.* → €/).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'order-meanwhile');
    });
  });

  it('offers what the shop allows only', async () => {
    const { page } = await portal.openPage('orders', `/orders/${seeded.declined.order_id}`);
    await page.getByText('Payment failed', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /^(Refund|Cancel order|Resolve)$/ }).count()).toBe(0);
  });

  it('sends a lost parcel again with a reason, unless a colleague was faster', async () => {
    const { order_id: orderId } = seeded.lost;
    const first = await portal.openPage('orders', `/orders/${orderId}`);
    const second = await portal.openPage('admin', `/orders/${orderId}`);
    for (const { page } of [first, second]) {
      await page.getByRole('button', { name: 'Resolve' }).click();
      await page.getByRole('radio', { name: 'Send again' }).check();
      await page.getByRole('textbox', { name: 'Reason' }).fill('Lost by DHL');
    }
    await first.page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
    await first.page.getByText('The case is resolved').waitFor();
    await second.page.getByText('This is no longer possible for this order.').waitFor();
    expect(await barriersOn(second.page)).toEqual([]);
    const order = await portal.staff.look(orderId);
    expect(order.cases?.[0]).toMatchObject({ state: 'resolved', resolution: 'reship' });
  });

  it('is found in the palette by e-mail address: typed, Enter', async () => {
    const { page } = await portal.openPage('admin', '/products');
    await page.getByRole('table').waitFor();
    const clicks = await countClicks(page);
    const { items } = (
      await portal.staff.call('GET', `/api/v1/staff/orders?q=${seeded.declined.number}`, [200])
    ).body as { items: readonly { customer: { email: string } }[] };
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').waitFor();
    await page.keyboard.type(items[0]?.customer.email ?? '');
    await page.keyboard.press('Enter');
    await heading(page, `Order ${seeded.declined.number}`).waitFor();
    expect(await clicks()).toBe(0);
  });
});
