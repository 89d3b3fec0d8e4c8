import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '#test/kit/conditions.ts';
import { eventAbout } from '#test/kit/events.ts';
import { ADDRESS, CARDS, type OrderView, type Shopper } from '#test/kit/shopper.ts';
import { barriersOn, picture } from '../browser.ts';
import { heading, usePortal } from './portal.ts';

/** Much less than what a page waits before it asks by itself. */
const FOLLOWS_MS = 30_000;

describe('what keeps the shop running, in the admin portal', () => {
  const portal = usePortal();
  let buyer: Shopper;
  let order: OrderView;

  beforeAll(async () => {
    buyer = await portal.newShopper();
    await buyer.addToCart(await buyer.findVariant(10), 1);
    order = await buyer.order(CARDS.good);
    await buyer.waitForStatus(order.order_id, 'delivered');
  });

  const confirm = async (page: Page, submit: string): Promise<void> => {
    const dialog = page.getByRole('dialog').last();
    const reason = dialog.getByRole('textbox', { name: /^Reason/ });
    await reason.fill('Repaired by hand');
    expect(await barriersOn(page)).toEqual([]);
    await dialog.getByRole('button', { name: submit, exact: true }).click();
  };

  const acts = async (operation: string): Promise<number> => {
    const trail = await portal.staff.call('GET', `/api/v1/audit-entries?operation=${operation}`, [200]);
    return (trail.body as { items: readonly unknown[] }).items.length;
  };

  describe('the page System', () => {
    it('shows a dead letter, which an operator redrives; the audit trail says who', async () => {
      const event = eventAbout(order.order_id, 'order.delivered');
      await portal.park('review', 'review', event, 'TypeError: no place for sam@example.com');
      const { page, troubles } = await portal.openPage('operator', '/system');
      await heading(page, 'System').waitFor();
      const letter = page.getByRole('article', { name: `order.delivered ${event.event_id}` });
      await letter.getByText('TypeError: no place for •••').waitFor();
      await letter.getByText('Payload').click();
      await letter.getByText(order.order_id).first().waitFor();
      expect(await letter.textContent()).not.toMatch(/example\.com/);
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'system');
      await page.setViewportSize({ width: 360, height: 740 });
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'system-360');
      await letter.getByRole('button', { name: 'Redrive' }).click();
      await confirm(page, 'Redrive');
      await letter.waitFor({ state: 'detached' });
      await expect.poll(() => acts('redriveDeadLetters')).toBe(1);
      expect(troubles()).toEqual([]);
    });

    it('lets an operator give a dead letter up, with a reason', async () => {
      const event = eventAbout(order.order_id, 'order.delivered');
      await portal.park('review', 'review', event, 'Error: broken');
      const { page } = await portal.openPage('operator', '/system');
      const letter = page.getByRole('article', { name: `order.delivered ${event.event_id}` });
      await letter.getByRole('button', { name: 'Discard' }).click();
      await confirm(page, 'Discard');
      await letter.waitFor({ state: 'detached' });
      await expect.poll(() => acts('discardDeadLetters')).toBe(1);
    });

    it('shows more dead letters than a page holds, which are redriven at once', async () => {
      for (let letters = 0; letters < 52; letters += 1)
        await portal.park('review', 'review', eventAbout(order.order_id, 'order.delivered'), 'Error: broken');
      const { page, troubles } = await portal.openPage('operator', '/system');
      const letters = page.getByRole('article', { name: /^order.delivered / });
      await expect.poll(() => letters.count()).toBe(50);
      await page.getByRole('button', { name: 'Show more' }).click();
      await expect.poll(() => letters.count()).toBe(52);
      expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Redrive all 52 of order.delivered' }).click();
      await confirm(page, 'Redrive');
      await expect.poll(() => letters.count(), { timeout: 30_000 }).toBe(0);
      expect(troubles()).toEqual([]);
    });

    it('is reached from an order, whose history it shows without the customer', async () => {
      const { page, troubles } = await portal.openPage('orders', `/orders/${order.order_id}`);
      await page.getByRole('link', { name: 'What it waits for' }).click();
      await heading(page, `Saga of ${order.number}`).waitFor();
      await page.getByText('The order has ended and waits for nothing.').waitFor();
      await page.getByText('payment-captured').waitFor();
      expect(await page.locator('main').textContent()).not.toContain('Sam');
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'saga');
      expect(troubles()).toEqual([]);
    });

    it('does not exist for others, nor do customers for operators', async () => {
      const { page } = await portal.openPage('operator', '/system');
      await heading(page, 'System').waitFor();
      const menu = page.getByRole('navigation', { name: 'Pages', exact: true });
      expect(await menu.getByRole('link').allTextContents()).toEqual(['Needs you', 'System']);
      await page.goto(`${portal.origin}/admin/orders`);
      await page.getByText('There is no such page').waitFor();
      const { page: other } = await portal.openPage('orders', '/orders');
      await other.goto(`${portal.origin}/admin/system`);
      await other.getByText('There is no such page').waitFor();
    });
  });

  describe('webhooks', () => {
    it('are created, tried, replayed and given a new secret, each shown once', async () => {
      const { page, troubles } = await portal.openPage('admin', '/webhooks');
      await page.getByRole('button', { name: 'New endpoint' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Address').fill('https://erp.invalid/shop-events');
      await dialog.getByLabel('Description').fill('Our ERP');
      await dialog.getByRole('checkbox', { name: 'order.refund_settled' }).check();
      await picture(page, 'webhook-new');
      await confirm(page, 'Create');
      const secret = page.getByRole('dialog', { name: 'Secret of the endpoint' });
      const first = await secret.getByText(/^whsec_/).textContent();
      await secret.getByRole('button', { name: 'I have kept it' }).click();
      await heading(page, 'erp.invalid').waitFor();
      await page.getByRole('button', { name: 'Send test event' }).click();
      await confirm(page, 'Send test event');
      await page.getByRole('link', { name: 'webhook.test' }).click();
      const drawer = page.getByRole('dialog', { name: 'webhook.test' });
      await drawer.getByText('"type": "webhook.test"').waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'webhook-delivery');
      await drawer.getByRole('button', { name: 'Close' }).click();
      await drawer.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Rotate secret' }).click();
      await confirm(page, 'Rotate secret');
      await secret.waitFor();
      expect(await secret.getByText(/^whsec_/).textContent()).not.toBe(first);
      await secret.getByRole('button', { name: 'I have kept it' }).click();
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByRole('dialog').getByRole('checkbox', { name: 'order.placed' }).check();
      await confirm(page, 'Save');
      await page.getByText('order.placed').waitFor();
      await page.getByRole('button', { name: 'Delete' }).click();
      await confirm(page, 'Delete');
      await page.getByText('No webhooks yet').waitFor();
      expect(await acts('rotateWebhookSecret')).toBe(1);
      expect(troubles()).toEqual([]);
    });
  });

  it('home says what was sold and what waits, as the orders say', async () => {
    const searched = { id: randomUUID(), kind: 'searched', at: new Date(), query: 'sofa', hits: 0 };
    await fetch(`${portal.origin}/api/v1/behaviour`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ facts: [searched] }),
    });
    await until(async () => {
      const { body } = await portal.staff.call('GET', '/api/v1/staff/analytics/searches', [200]);
      return (body as { items: readonly object[] }).items.length > 0;
    });
    const { page, troubles } = await portal.openPage('orders', '/');
    await heading(page, 'Home').waitFor();
    await page.getByText('By day in EUR').waitFor();
    const notFound = page.getByRole('table', { name: 'Searched and not found' });
    await notFound.getByText('sofa').waitFor();
    await page.getByRole('table', { name: 'Visits' }).getByText('Saw a product').waitFor();
    const cohorts = page.getByRole('table', { name: 'Customers who ordered again' });
    await until(async () => {
      const { body } = await portal.staff.call('GET', '/api/v1/staff/analytics/customers', [200]);
      return (body as { total: { first_orders: number } }).total.first_orders === 1;
    });
    const sku = order.items[0]?.sku ?? '';
    await until(async () => {
      const { body } = await portal.staff.call('GET', '/api/v1/staff/analytics/stock', [200]);
      const [first] = (body as { items: readonly { sku: string; sold: number }[] }).items;
      return first?.sku === sku && first.sold > 0;
    });
    await page.reload();
    await cohorts.getByRole('cell', { name: '1', exact: true }).waitFor();
    await page.getByText('Average order in EUR').waitFor();
    await page.getByRole('table', { name: 'Sells out first' }).getByText(sku).waitFor();
    await page.getByRole('table', { name: 'Does not sell' }).getByRole('cell').first().waitFor();
    await cohorts.scrollIntoViewIfNeeded();
    await picture(page, 'home-customers');
    await notFound.scrollIntoViewIfNeeded();
    await picture(page, 'home-visits');
    await page.getByRole('table', { name: 'Sells out first' }).scrollIntoViewIfNeeded();
    await picture(page, 'home-stock');
    await page.getByRole('link', { name: 'Today' }).click();
    await page.waitForURL(/days=1/);
    const { currencies } = (await portal.staff.call('GET', '/api/v1/staff/orders/figures?days=1', [200]))
      .body as { currencies: readonly { total: { orders: number; gross: number } }[] };
    expect(currencies[0]?.total.orders).toBe(1);
    await page
      .getByText(`€${String(currencies[0]?.total.gross.toFixed(2))}`)
      .first()
      .waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('link', { name: '30 days' }).click();
    await page.getByText('By day in EUR').click();
    const saved = async (button: string, name: string): Promise<readonly string[]> => {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: button, exact: true }).click();
      const file = await saving;
      expect(file.suggestedFilename()).toBe(name);
      return readFileSync(await file.path(), 'utf8')
        .trim()
        .split('\n');
    };
    const [head = '', ...rows] = await saved('CSV Sales', 'sales-30.csv');
    expect(head).toMatch(/^start,currency,orders,/);
    const ordersOf = (row: string): number => Number(row.split(',')[head.split(',').indexOf('orders')]);
    expect(rows.reduce((sum, row) => sum + ordersOf(row), 0)).toBe(1);
    expect((await saved('CSV Stock', 'stock-30.csv'))[0]).toMatch(/^sku,product_id,/);
    expect((await saved('CSV Customers', 'customers-30.csv'))[0]).toMatch(/^start,first_orders,/);
    expect((await saved('CSV by month', 'cohorts-6.csv'))[0]).toMatch(/^start,customers,/);
    expect((await saved('CSV Visits', 'funnel-30.csv'))[0]).toMatch(/^start,visits,/);
    expect(await saved('CSV of searches', 'searches-30.csv')).toContain('sofa,1,1');
    await picture(page, 'home');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await barriersOn(page)).toEqual([]);
    await picture(page, 'home-360');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await cohorts.scrollIntoViewIfNeeded();
    await picture(page, 'home-customers-360');
    await notFound.scrollIntoViewIfNeeded();
    await picture(page, 'home-visits-360');
    await page.getByRole('table', { name: 'Sells out first' }).scrollIntoViewIfNeeded();
    await picture(page, 'home-stock-360');
    expect(troubles()).toEqual([]);
  });

  it('what needs staff is one queue, gone through by keys', async () => {
    const event = eventAbout(order.order_id, 'order.delivered');
    await portal.park('review', 'review', event, 'Error: broken');
    const { page, troubles } = await portal.openPage('admin', '/needs-you');
    await heading(page, 'Needs you').waitFor();
    await page.getByRole('region', { name: 'Stuck' }).getByText('Dead letters: 1').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await picture(page, 'needs-you');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await heading(page, 'System').waitFor();
    expect(troubles()).toEqual([]);
  });

  it('the palette finds orders, customers and SKUs in one request', async () => {
    const { page, requests } = await portal.openPage('admin', '/audit');
    await heading(page, 'Audit trail').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').waitFor();
    await page.keyboard.type(order.number);
    await page.getByRole('dialog').getByText(order.number).waitFor();
    const asked = requests.filter((one) => one.includes(`q=${order.number}`));
    expect(asked.every((one) => one.includes('/api/v1/staff/search'))).toBe(true);
    await page.keyboard.press('Enter');
    await heading(page, `Order ${order.number}`).waitFor();
  });

  it('home, returns and what needs staff follow the shop without a reload, by few requests', async () => {
    const home = await portal.openPage('orders', '/?days=1');
    const needs = await portal.openPage('admin', '/needs-you');
    const returns = await portal.openPage('admin', '/returns');
    await home.page
      .getByText('By day in EUR')
      .or(home.page.getByText('Orders', { exact: true }))
      .first()
      .waitFor();
    await returns.page.getByText('No returns here').waitFor();
    const figure = home.page.locator('main').getByText('Orders', { exact: true }).locator('..');
    await figure.getByText('1', { exact: true }).waitFor();

    await buyer.call('POST', `/api/v1/orders/${order.order_id}/returns`, [201], {
      lines: [{ variant_id: order.items[0]?.variant_id, quantity: 1, reason: 'damaged' }],
    });
    const one = returns.page.getByRole('row').filter({ hasText: `${order.number}-R1` });
    await one.getByText('Requested', { exact: true }).waitFor({ timeout: FOLLOWS_MS });
    const { items } = (await portal.staff.call('GET', '/api/v1/staff/returns', [200])).body as {
      items: readonly { return_id: string }[];
    };
    const path = `/api/v1/orders/${order.order_id}/returns/${items[0]?.return_id}/approval`;
    await portal.staff.call('POST', path, [200], {});
    await one.getByText('Approved', { exact: true }).waitFor({ timeout: FOLLOWS_MS });

    await buyer.addToCart(await buyer.findVariant(10), 1);
    const lost = await buyer.order(CARDS.good, { ...ADDRESS, line2: 'LOSE' });
    await figure.getByText('2', { exact: true }).waitFor({ timeout: FOLLOWS_MS });
    await buyer.waitFor(lost.order_id, ({ status }) => status === 'lost', 120_000);
    await needs.page.getByRole('link', { name: lost.number }).waitFor({ timeout: FOLLOWS_MS });
    await home.page
      .getByText('Cases')
      .locator('../..')
      .getByText('1', { exact: true })
      .waitFor({ timeout: FOLLOWS_MS });
    await needs.page.getByRole('link', { name: lost.number }).click();
    await needs.page.getByRole('link', { name: 'What it waits for' }).click();
    await heading(needs.page, `Saga of ${lost.number}`).waitFor();
    await needs.page.getByText('to decide an open case').waitFor();
    await needs.page
      .getByText(/^since .*\(.+\)/)
      .first()
      .waitFor();
    const asked = home.requests.filter((request) => request.includes('/orders/figures')).length;
    expect(asked).toBeLessThan(10);
  });
});
