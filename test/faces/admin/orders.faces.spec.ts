import { readFileSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ADDRESS, CARDS, type OrderView, type Variant } from '#test/kit/shopper.ts';
import { barriersInSchemes, barriersOn, paste, picture, SCHEMES } from '../browser.ts';
import { countClicks, focusedName, heading, quickest, SCRIPT, tabTo, usePortal } from './portal.ts';
import { seed, seedHeld, seedMany, type Seeded } from './seed.ts';
import { STAFF } from './staff.ts';

/** A new order is in the open list. */
const FOLLOWED_MS = 2_000;
/** For a first refund, by what is on the screen. */
const STRANGER_MS = 180_000;
/** The palette leads to an order. */
const FOUND_MS = 1_000;

interface Priced extends Variant {
  readonly price: number;
}

interface Offered {
  readonly due: number;
  readonly currency: string;
}

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
      const views = page.getByRole('navigation', { name: 'Views', exact: true });
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

    it('is saved as a view, which a colleague finds once it is shared', async () => {
      const { page, troubles } = await portal.openPage('orders', '/orders?payment=failed');
      const header = (at: Page, name: string) => at.getByRole('columnheader', { name, exact: true });
      await header(page, 'Customer').waitFor();
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('checkbox', { name: 'Customer' }).uncheck();
      await header(page, 'Customer').waitFor({ state: 'detached' });
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'orders-columns');
      expect(new URL(page.url()).search).toBe('?payment=failed&hide=customer');
      await page.reload();
      await header(page, 'Total').waitFor();
      expect(await header(page, 'Customer').count()).toBe(0);
      await page.getByRole('button', { name: 'Save this view' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Give the view a name.').waitFor();
      await dialog.getByRole('textbox', { name: 'Name' }).fill(SCRIPT.slice(0, 60));
      await dialog.getByRole('checkbox', { name: 'Share with all staff' }).check();
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'orders-save-view');
      await dialog.getByRole('button', { name: 'Save' }).click();
      const saved = (at: Page) =>
        at.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name: /^<img src=x/ });
      await saved(page).waitFor();
      await picture(page, 'orders-saved-view');

      const { page: other } = await portal.openPage('admin', '/orders');
      await saved(other).click();
      await other.getByRole('button', { name: 'Remove the filter Payment: Payment failed' }).waitFor();
      await other.getByRole('link', { name: seeded.declined.number }).waitFor();
      await header(other, 'Total').waitFor();
      expect(await header(other, 'Customer').count()).toBe(0);
      expect(await other.getByRole('button', { name: /^Remove the view/ }).count()).toBe(0);

      await page.getByRole('button', { name: /^Remove the view/ }).click();
      await saved(page).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo' }).click();
      await saved(page).waitFor();
      expect(await page.title()).not.toBe('owned');
      expect(troubles()).toEqual([]);
    });

    it('has a new order within two seconds, without a reload', async () => {
      const { page } = await portal.openPage('orders', '/orders');
      await row(page, seeded.lost).waitFor();
      const buyer = await portal.newShopper();
      const variant = await buyer.findVariant(10);
      let placed: OrderView;
      const buy = async (): Promise<void> => {
        await buyer.addToCart(variant, 1);
        placed = await buyer.order(CARDS.good);
      };
      const took = await quickest(FOLLOWED_MS, buy, () => row(page, placed).waitFor());
      expect(took).toBeLessThan(FOLLOWED_MS);
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

    it('opens an order in a tab of its own by the middle button or Ctrl+Enter, and is as it was after Back', async () => {
      const { page } = await portal.openPage('orders', '/orders', { viewport: { width: 900, height: 300 } });
      const link = page.getByRole('link', { name: seeded.declined.number });
      await row(page, seeded.declined).getByRole('checkbox').check();
      for (const open of [
        () => link.click({ button: 'middle' }),
        async () => {
          await link.focus();
          await page.keyboard.press('Control+Enter');
        },
      ]) {
        const opening = page.context().waitForEvent('page');
        await open();
        const tab = await opening;
        await heading(tab, `Order ${seeded.declined.number}`).waitFor();
        await tab.close();
      }
      await heading(page, 'Orders').waitFor();
      const last = page.getByRole('table').locator('.row-link').last();
      await last.scrollIntoViewIfNeeded();
      const scrolled = await page.evaluate<number>('scrollY');
      expect(scrolled).toBeGreaterThan(0);
      await last.click();
      await heading(page, /^Order /).waitFor();
      await page.goBack();
      await heading(page, 'Orders').waitFor();
      await expect.poll(() => page.evaluate<number>('scrollY')).toBe(scrolled);
      expect(await row(page, seeded.declined).getByRole('checkbox').isChecked()).toBe(true);
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
      await page.route('**/api/v1/staff/orders/*', (route) =>
        route.request().method() === 'GET' ? route.abort() : route.fallback(),
      );
      await portal.staff.call('POST', `/api/v1/orders/${orderId}/refunds`, [202], {
        amount: 1,
        currency: 'EUR',
        reason: 'By a colleague',
      });
      await page.unroute('**/api/v1/staff/orders/*');
      await page.getByText('This order has changed since you opened the dialog').waitFor({ timeout: 30_000 });
      await page.getByText(/Refunded: €.* → €/).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'order-meanwhile');
    });
  });

  describe('a return', () => {
    it('goes from the list to the refund, with the units back in stock', async () => {
      const { order_id: orderId, number, items } = seeded.goingBack;
      const { page, troubles } = await portal.openPage('orders', '/returns');
      await row(page, { number: `${number}-R1` }).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'returns');
      await page.getByRole('link', { name: `${number}-R1` }).click();
      const one = page.getByRole('group', { name: `Return ${number}-R1` });
      await one.getByText(SCRIPT).waitFor();
      const dialog = page.getByRole('dialog');
      const act = async (name: string, done: string): Promise<void> => {
        await one.getByRole('button', { name }).click();
        expect(await barriersOn(page)).toEqual([]);
        await dialog.getByRole('button', { name }).click();
        await page.getByText(done).waitFor();
        await dialog.waitFor({ state: 'detached' });
      };
      await act('Approve', 'Return approved');
      const [label] = await Promise.all([
        page.waitForEvent('download'),
        one.getByRole('button', { name: 'Return label' }).click(),
      ]);
      expect(label.suggestedFilename()).toBe(`return-label-${number}-R1.pdf`);
      await picture(page, 'order-return-approved');
      await act('Mark received', 'Return received');
      await act('Inspect', 'Return inspected');
      await one.getByText('1 back in stock').waitFor();
      for (const colorScheme of ['light', 'dark'] as const)
        for (const width of [1280, 360]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 860 });
          await picture(page, `order-returns-${width}-${colorScheme}`);
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        }
      await one.getByRole('button', { name: 'Refund' }).click();
      await dialog.getByText(/^Refund: €\d/).waitFor();
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('A crack');
      await dialog.getByRole('button', { name: 'Refund' }).click();
      await dialog.waitFor({ state: 'detached' });
      await one.getByText('Refunded', { exact: true }).waitFor();
      await page.getByText('Partly refunded').waitFor();
      const log = `/api/v1/inventory/variants/${items[0]?.variant_id}/adjustments`;
      const { body } = await portal.staff.call('GET', log, [200]);
      expect(body).toMatchObject({
        items: [{ delta: 1, reason: 'Came back with a return', order_id: orderId }],
      });
      // A colleague refunds the rest while the dialog is open: there is no longer anything to quote.
      await page.getByRole('button', { name: 'Refund', exact: true }).click();
      await dialog.getByRole('button', { name: 'Everything that is left' }).click();
      const rest = await dialog.getByRole('button', { name: /^Refund €/ }).textContent();
      await portal.staff.call('POST', `/api/v1/orders/${orderId}/refunds`, [202], {
        amount: Number(rest?.replace('Refund €', '')),
        currency: 'EUR',
        reason: 'By a colleague',
      });
      await dialog.getByText('This is no longer possible for this order.').waitFor();
      expect(troubles()).toEqual([]);
    });
  });

  describe('an exchange of goods that came back', () => {
    /** Two variants of a product of the sample. */
    const pairOf = async (isPair: (one: Priced, other: Priced) => boolean): Promise<[Priced, Priced]> => {
      const { body } = await portal.staff.call('GET', '/api/v1/products?limit=100', [200]);
      for (const { product_id } of (body as { items: readonly { product_id: string }[] }).items) {
        const product = await portal.staff.call('GET', `/api/v1/products/${product_id}`, [200]);
        const found = (product.body as { variants: readonly Omit<Priced, 'product_id'>[] }).variants;
        const variants = found.map((variant) => ({ ...variant, product_id }));
        for (const one of variants)
          for (const other of variants)
            if (one.variant_id !== other.variant_id && isPair(one, other)) return [one, other];
      }
      throw new Error('the sample has no product with such variants');
    };
    /** Two variants of a product, and the dialog to send the second in place of the first, which a shopper has sent back. */
    const opened = async (isPair: (one: Priced, other: Priced) => boolean) => {
      const [bought, other] = await pairOf(isPair);
      for (const variant of [bought, other]) await portal.staff.stockUp(variant, 5);
      const buyer = await portal.newShopper();
      await buyer.addToCart(bought, 1);
      const { order_id: id, number } = await buyer.order(CARDS.good);
      await buyer.waitForStatus(id, 'delivered');
      const units = { variant_id: bought.variant_id, quantity: 1 };
      const asked = await buyer.call('POST', `/api/v1/orders/${id}/returns`, [201], {
        lines: [{ ...units, reason: 'wrong_size' }],
      });
      const path = `/api/v1/orders/${id}/returns/${String(asked.body.return_id)}`;
      const receipt = { lines: [{ ...units, condition: 'as_new' }] };
      await portal.staff.call('POST', `${path}/receipt`, [200], receipt);
      await portal.staff.call('POST', `${path}/inspection`, [200], {
        lines: [{ variant_id: bought.variant_id, restock_quantity: 1 }],
      });
      const { page, troubles } = await portal.openPage('orders', `/orders/${id}`);
      const one = page.getByRole('group', { name: `Return ${number}-R1` });
      await one.getByRole('button', { name: 'Exchange' }).click();
      const dialog = page.getByRole('dialog');
      const choice = dialog.getByRole('combobox', { name: /^What to send for / });
      await choice.locator('option').nth(1).waitFor({ state: 'attached' });
      await choice.selectOption(other.variant_id);
      return { page, troubles, one, dialog, other, buyer, path };
    };
    const isOpened = async ({ page, one, other }: Awaited<ReturnType<typeof opened>>): Promise<void> => {
      await one.getByText('Exchanged', { exact: true }).waitFor({ timeout: 30_000 });
      await one.getByRole('link', { name: 'Open it' }).click();
      await page.getByText(other.sku).first().waitFor();
    };

    it('for another variant at the same price', async () => {
      const shown = await opened((one, other) => one.price === other.price);
      const { page, dialog, troubles } = shown;
      await dialog.getByText('Nobody has to pay anything.').waitFor();
      expect(await barriersInSchemes(page, 'return-exchange')).toEqual([]);
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('The other size');
      await dialog.getByRole('button', { name: 'Exchange' }).click();
      await page.getByText('Exchange ordered').waitFor();
      await isOpened(shown);
      expect(troubles()).toEqual([]);
    });

    it('for a cheaper variant gives the difference back', async () => {
      const shown = await opened((one, other) => one.price > other.price);
      const { page, one, dialog, troubles } = shown;
      await dialog.getByText(/^Difference for the customer: /).waitFor();
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('The other size');
      await dialog.getByRole('button', { name: 'Exchange' }).click();
      await one.getByText(/^Difference for the customer: /).waitFor({ timeout: 30_000 });
      await isOpened(shown);
      await page.goBack();
      await page
        .getByText(/^Refunded/)
        .first()
        .waitFor({ timeout: 30_000 });
      expect(troubles()).toEqual([]);
    });

    it('for a dearer variant waits until the customer has paid, or staff waive the difference', async () => {
      const shown = await opened((one, other) => one.price < other.price);
      const { page, one, dialog, troubles, buyer, path } = shown;
      await dialog.getByText(/^The customer is to pay /).waitFor();
      await dialog.getByRole('checkbox', { name: /^Waive/ }).check();
      await dialog.getByText('Nobody has to pay anything.').waitFor();
      await dialog.getByRole('checkbox', { name: /^Waive/ }).uncheck();
      await dialog.getByText(/^The customer is to pay /).waitFor();
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('The other size');
      await dialog.getByRole('button', { name: 'Ask for payment' }).click();
      await page.getByText('Payment requested').waitFor();
      await one.getByText('Awaiting payment').waitFor();
      const list = await buyer.call('GET', path.replace(/\/[^/]*$/, ''), [200]);
      const [{ exchange_offer: offer }] = (list.body as { items: [{ exchange_offer: Offered }] }).items;
      await buyer.call('POST', `${path}/exchange-payment`, [202], {
        payment_token: await buyer.tokenise(CARDS.good),
        expected_total: offer.due,
        currency: offer.currency,
      });
      await isOpened(shown);
      expect(troubles()).toEqual([]);
    });
  });

  describe('what staff keep with an order', () => {
    it('is tags, which are typed, shown as text, and lead to their orders', async () => {
      const { page, troubles } = await portal.openPage('orders', `/orders/${seeded.delivered.order_id}`);
      const field = page.getByRole('textbox', { name: 'Add a tag' });
      await field.focus();
      await page.keyboard.type('Call Back');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'call back' }).waitFor();
      await page.keyboard.type(SCRIPT.slice(0, 40)); // it is empty again, and has the focus
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Remove the tag <img src=x' }).click();
      await page.getByText('<img src=x').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'call back' }).click();
      await page.getByRole('button', { name: 'Remove the filter Tag: call back' }).waitFor();
      await page.getByRole('link', { name: seeded.declined.number }).waitFor({ state: 'detached' });
      await row(page, seeded.delivered).getByText('call back', { exact: true }).waitFor();
      expect(await page.title()).not.toBe('owned');
      expect(troubles()).toEqual([]);
    });

    it('appears at a colleague’s without a reload', async () => {
      const { order_id: id } = seeded.declined;
      const [mine, list] = [
        await portal.openPage('orders', `/orders/${id}`),
        await portal.openPage('admin', '/orders'),
      ];
      await row(list.page, seeded.declined).waitFor();
      const body = { act: 'add_tag', tag: 'seen-by-a-colleague', order_ids: [id] };
      await portal.staff.call('POST', '/api/v1/staff/orders/acts', [200], body);
      await mine.page.getByText('seen-by-a-colleague').waitFor({ timeout: 20_000 });
      await row(list.page, seeded.declined).getByText('seen-by-a-colleague').waitFor({ timeout: 20_000 });
      expect(list.troubles()).toEqual([]);
    });

    it('is who takes care of it, by one click', async () => {
      const { page } = await portal.openPage('orders', `/orders/${seeded.lost.order_id}`);
      const panel = page.getByRole('region', { name: 'Internal' });
      await panel.getByText('Nobody').waitFor();
      await panel.getByRole('button', { name: 'Assign to me' }).click();
      await panel.getByText('Otto Orders (you)').waitFor();
      const { page: other } = await portal.openPage('admin', '/orders');
      await row(other, seeded.lost).getByText('Otto Orders').waitFor();
      await other.getByRole('button', { name: 'Mine' }).click();
      await other.getByText('No orders here').waitFor();
      await other.getByRole('button', { name: 'Mine' }).click();
      await other.getByRole('button', { name: 'Filters', exact: true }).click();
      await other.getByRole('combobox', { name: 'Assigned to' }).selectOption('Otto Orders');
      await other.getByRole('button', { name: 'Remove the filter Assigned to: Otto Orders' }).waitFor();
      await other.getByRole('link', { name: seeded.delivered.number }).waitFor({ state: 'detached' });
      await page.goto(`${portal.origin}/admin/orders`);
      await page.getByRole('button', { name: 'Mine' }).click();
      await page.getByRole('button', { name: 'Remove the filter Assigned to: Me' }).waitFor();
      await row(page, seeded.lost).waitFor();
      await page.getByRole('link', { name: seeded.lost.number }).click();
      await panel.getByRole('button', { name: 'Unassign' }).click();
      await panel.getByText('Nobody').waitFor();
    });

    it('is notes with author and time, which their author and an administrator may remove', async () => {
      const path = `/orders/${seeded.delivered.order_id}`;
      const { page, troubles } = await portal.openPage('orders', path);
      const field = page.getByRole('textbox', { name: 'New note' });
      await field.fill(`Leave it with the neighbour.\n${SCRIPT}`);
      await page.getByRole('button', { name: 'Add note' }).dblclick();
      const note = page.getByRole('article');
      await note.getByText(SCRIPT).waitFor();
      await note.getByText(/^Otto Orders · \d+ \w+ \d{4}, \d\d:\d\d$/).waitFor();
      expect([await note.count(), await field.inputValue(), await page.title()]).toEqual([
        1,
        '',
        `Order ${seeded.delivered.number} · Shop admin`,
      ]);
      const { page: other } = await portal.openPage('admin', path);
      await other.getByRole('article').getByText(SCRIPT).waitFor();
      await other.getByRole('button', { name: /^Remove the note/ }).waitFor();
      await page.getByRole('button', { name: /^Remove the note/ }).click();
      await note.getByRole('button', { name: 'Keep' }).click();
      await page.getByRole('button', { name: /^Remove the note/ }).click();
      await note.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByText('No notes yet.').waitFor();
      expect(troubles()).toEqual([]);
    });

    it('is notes that mention a colleague, whose list says so', async () => {
      const { page, troubles } = await portal.openPage('orders', `/orders/${seeded.goingBack.order_id}`);
      const field = page.getByRole('textbox', { name: 'New note' });
      await field.focus();
      await page.keyboard.type('Please call, @ad');
      await page
        .getByRole('group', { name: 'Colleagues' })
        .getByRole('button', { name: '@Ada Admin' })
        .waitFor();
      expect(await barriersInSchemes(page, 'order-mention')).toEqual([]);
      await page.keyboard.press('Enter');
      await expect.poll(() => field.inputValue()).toBe('Please call, @Ada Admin ');
      await page.keyboard.type('before noon');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('article').getByText('Please call, @Ada Admin before noon').waitFor();
      const { page: hers } = await portal.openPage('admin', '/orders');
      await row(hers, seeded.goingBack).getByText('Mentions you').waitFor();
      await hers.getByRole('button', { name: 'Mentions me' }).click();
      await hers.getByRole('button', { name: 'Remove the filter Mentions: Me' }).waitFor();
      await hers.getByRole('link', { name: seeded.delivered.number }).waitFor({ state: 'detached' });
      expect(await barriersOn(hers)).toEqual([]);
      await picture(hers, 'orders-mentioned');
      await hers.getByRole('link', { name: seeded.goingBack.number }).click();
      await hers.getByRole('article').getByText('Mentions you').waitFor();
      expect(troubles()).toEqual([]);
    });

    it('is not lost with a draft of a note', async () => {
      const { page } = await portal.openPage('orders', `/orders/${seeded.delivered.order_id}`);
      await page.getByRole('textbox', { name: 'New note' }).fill('Half a');
      await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link').click();
      await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    });
  });

  let many: readonly OrderView[] = [];

  describe('many orders at once', () => {
    beforeAll(async () => {
      many = await seedHeld(portal, 20);
    });
    const bar = (page: Page) => page.getByRole('group', { name: 'Selected orders' });

    it('are 20 that are tagged by 3 clicks, and assigned by 1 more', async () => {
      const { page, troubles } = await portal.openPage('orders', '/orders');
      await row(page, many[0] ?? seeded.lost).waitFor();
      const clicks = await countClicks(page);
      await page.getByRole('row').nth(1).getByRole('checkbox').click();
      await page
        .getByRole('row')
        .nth(20)
        .getByRole('checkbox')
        .click({ modifiers: ['Shift'] });
      await bar(page).getByText('20 selected').waitFor();
      await bar(page).getByLabel('Tag').click();
      await page.keyboard.type('Priority');
      await page.keyboard.press('Enter');
      await page.getByText('Tag “Priority” added to 20 orders').waitFor();
      expect(await clicks()).toBe(3);
      await bar(page).waitFor({ state: 'detached' });
      expect(
        (await portal.staff.call('GET', '/api/v1/staff/orders?tag=priority&limit=50', [200])).body,
      ).toEqual(expect.objectContaining({ items: expect.objectContaining({ length: 20 }) }));
      expect(troubles()).toEqual([]);
    });

    it('are all of a view that are assigned by 2 clicks, and lose a tag', async () => {
      const { page } = await portal.openPage('orders', '/orders?tag=priority');
      const clicks = await countClicks(page);
      await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
      await bar(page).getByRole('button', { name: 'Assign to me' }).click();
      await page.getByText('20 orders assigned to you').waitFor();
      expect(await clicks()).toBe(2);
      await page.getByText('Otto Orders').nth(19).waitFor();
      await page.getByRole('row').nth(1).getByRole('checkbox').click();
      await bar(page).getByLabel('Tag').fill('priority');
      await bar(page).getByRole('button', { name: 'Remove tag' }).click();
      await page.getByText('Tag “priority” removed from 1 order').waitFor();
      await expect.poll(() => page.getByRole('table').locator('.row-link').count()).toBe(19);
    });

    it('are 20 that are shipped by 3 clicks, and one that cannot be, with the reason', async () => {
      const { page, troubles } = await portal.openPage('orders', '/orders');
      await row(page, many[0] ?? seeded.lost).waitFor();
      await page.getByRole('table').getByText('On hold').nth(19).waitFor();
      const clicks = await countClicks(page);
      await page.getByRole('row').nth(1).getByRole('checkbox').click();
      await page
        .getByRole('row')
        .nth(21)
        .getByRole('checkbox')
        .click({ modifiers: ['Shift'] });
      await bar(page).getByRole('button', { name: 'Ship now' }).click();
      const shipped = page.getByText(/ being shipped$/);
      expect(await shipped.textContent()).toBe('20 orders are being shipped');
      expect(await clicks()).toBe(3);
      await bar(page).getByText('1 order stays as it was').waitFor();
      await bar(page).getByRole('listitem').getByText('There is no parcel to send').waitFor();
      // Without a reload.
      await expect
        .poll(() => page.getByRole('table').getByText('On hold').count(), { timeout: 30_000 })
        .toBe(0);
      expect(troubles()).toEqual([]);
    });

    it.each(SCHEMES)(
      'that cannot be cancelled stay selected, with the reason, in %s',
      async (colorScheme, barriers) => {
        const { page } = await portal.openPage('orders', '/orders', { colorScheme });
        for (const order of [seeded.delivered, seeded.declined])
          await row(page, order).getByRole('checkbox').click();
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await barriers(page)).toEqual([]);
        await picture(page, `orders-bulk-360-${colorScheme}`);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
        await bar(page).getByRole('button', { name: 'Cancel orders' }).click();
        const dialog = page.getByRole('dialog', { name: 'Cancel 2 orders' });
        await dialog.getByRole('textbox', { name: 'Reason' }).waitFor();
        expect(await barriers(page)).toEqual([]);
        await page.keyboard.type('Größe “M” is gone');
        await page.keyboard.press('Enter');
        await page.getByText(/^\d orders? stays? as (it was|they were)$/).waitFor();
        await bar(page)
          .getByRole('listitem')
          .filter({ hasText: `${seeded.delivered.number}: It is too late to cancel this order.` })
          .waitFor();
        expect(await row(page, seeded.delivered).getByRole('checkbox').isChecked()).toBe(true);
        expect(await barriers(page)).toEqual([]);
        await page.setViewportSize({ width: 1280, height: 860 });
        expect(await barriers(page)).toEqual([]);
        await picture(page, `orders-bulk-${colorScheme}`);
        await page.getByRole('button', { name: 'Clear the selection' }).click();
        await bar(page).waitFor({ state: 'detached' });
      },
    );

    it('wait while on hold, until they are shipped', async () => {
      const [order] = await seedHeld(portal, 1);
      if (!order) throw new Error('an order was placed');
      const { page, troubles } = await portal.openPage('orders', `/orders/${order.order_id}`);
      await page.getByText('The address?').waitFor();
      await page.getByRole('button', { name: 'Release' }).waitFor();
      expect(await barriersInSchemes(page, 'order-on-hold')).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      await picture(page, 'order-on-hold-360');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await page.setViewportSize({ width: 1280, height: 860 });

      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: 'Correct the address' }).click();
      await dialog.getByRole('textbox', { name: 'Street and number' }).fill('Road 22');
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('A call');
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'order-address');
      await dialog.getByRole('button', { name: 'Save the address' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('The shipping address was changed').waitFor();
      await page
        .getByText(/Road 22/)
        .first()
        .waitFor();
      const entry = page.locator('.timeline > *').filter({ hasText: 'The shipping address was changed' });
      await entry.locator('summary').click();
      await entry.getByText(/^Request: /).waitFor();

      const clicks = await countClicks(page);
      await page.getByRole('button', { name: 'Ship now' }).click();
      await page.getByText('The parcel is being sent').waitFor();
      expect(await clicks()).toBe(1);
      await page
        .getByText('Shipped', { exact: true })
        .or(page.getByText('Delivered', { exact: true }))
        .first()
        .waitFor({ timeout: 30_000 });
      expect(troubles()).toEqual([]);
    });

    it('have an invoice and a packing slip to download', async () => {
      const { page, troubles } = await portal.openPage('orders', `/orders/${seeded.delivered.order_id}`);
      const { number } = seeded.delivered;
      for (const [button, name] of [
        [/^Download INV-/, `invoice-${number}.pdf`],
        ['Packing slip', `packing-slips-${number}.pdf`],
        ['Label', `label-${number}.pdf`],
      ] as const) {
        const started = page.waitForEvent('download');
        await page.getByRole('button', { name: button }).click();
        const file = await started;
        expect(file.suggestedFilename()).toBe(name);
        expect(readFileSync(await file.path(), 'latin1').slice(0, 5)).toBe('%PDF-');
      }
      expect(troubles()).toEqual([]);
    });

    it('have their labels in one file', async () => {
      const { page, troubles } = await portal.openPage('orders', '/orders');
      for (const order of [seeded.delivered, seeded.goingBack])
        await row(page, order).getByRole('checkbox').click();
      const started = page.waitForEvent('download');
      await bar(page).getByRole('button', { name: 'Labels' }).click();
      const file = await started;
      expect(file.suggestedFilename()).toBe('labels.pdf');
      const labels = await PDFDocument.load(readFileSync(await file.path()));
      expect(labels.getPageCount()).toBe(2);
      await row(page, seeded.declined).getByRole('checkbox').click();
      await bar(page).getByRole('button', { name: 'Labels' }).click();
      const leftOut = bar(page).getByRole('alert').filter({ hasText: '1 order is not in the file' });
      await leftOut.getByText(`${seeded.declined.number}: It has no label yet`).waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await picture(page, 'labels-left-out');
      for (const order of [seeded.delivered, seeded.goingBack])
        await row(page, order).getByRole('checkbox').click(); // only the last one is chosen now
      await bar(page).getByRole('button', { name: 'Labels' }).click();
      await page.getByRole('alert').first().waitFor();
      expect(troubles().filter((trouble) => !trouble.includes('404'))).toEqual([]);
    });

    it('are cancelled with one reason in the audit trail', async () => {
      const { page } = await portal.openPage('orders', `/orders?tag=priority`);
      const asked = page.waitForRequest((request) => request.url().endsWith('/staff/orders/acts'));
      await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
      await bar(page).getByRole('button', { name: 'Cancel orders' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Größe “M” is gone');
      await page.keyboard.press('Enter');
      expect((await asked).headers()['audit-reason']).toBe('Gr%C3%B6%C3%9Fe %E2%80%9CM%E2%80%9D is gone');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  it.each(SCHEMES)('has no barriers in %s with tags and notes', async (colorScheme, barriers) => {
    const { page } = await portal.openPage('orders', `/orders/${seeded.declined.order_id}`, { colorScheme });
    await page.getByRole('textbox', { name: 'New note' }).fill('Called twice.');
    await page.keyboard.press('Control+Enter');
    await page
      .getByRole('button', { name: /^Remove the note/ })
      .first()
      .click();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 860 });
      expect([width, await barriers(page)]).toEqual([width, []]);
      await picture(page, `order-notes-${width}-${colorScheme}`);
    }
  });

  it('fits on a phone in German as well', async () => {
    const viewport = { width: 360, height: 740 };
    const { page } = await portal.open({ locale: 'de-DE', viewport });
    await page.goto(`${portal.origin}/admin/orders`);
    await page.getByLabel('E-Mail-Adresse').fill(STAFF.orders[0]);
    await page.locator('input[name=password]').fill(STAFF.orders[1]);
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Alle auf dieser Seite auswählen' }).click();
    await page.getByRole('button', { name: 'Zuweisung aufheben' }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await picture(page, 'orders-bulk-360-de');
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

  it('is found in the palette by e-mail address, number and SKU within a second: typed, Enter', async () => {
    const { page } = await portal.openPage('admin', '/products');
    const clicks = await countClicks(page);
    const { items } = (
      await portal.staff.call('GET', `/api/v1/staff/orders?q=${seeded.declined.number}`, [200])
    ).body as { items: readonly { customer: { email: string } }[] };
    const { number, items: lines } = seeded.declined;
    const leave = async (): Promise<void> => {
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('g');
      await page.keyboard.press('p');
      await heading(page, 'Products').waitFor();
    };
    for (const words of [items[0]?.customer.email, number, lines[0]?.sku]) {
      const took = await quickest(FOUND_MS, leave, async () => {
        await page.keyboard.press('Control+k');
        await page.getByRole('dialog').getByRole('textbox').waitFor();
        await page.keyboard.type(words ?? '');
        await page.keyboard.press('Enter');
        await heading(page, words === lines[0]?.sku ? /^Order / : `Order ${number}`).waitFor();
      });
      expect([words, took < FOUND_MS]).toEqual([words, true]);
    }
    expect(await clicks()).toBe(0);
  });

  it('offers exactly what the shop allows, in eight states and three roles', async () => {
    const buttons = {
      cancel: 'Cancel order',
      hold: 'Hold',
      release: 'Release',
      ship: 'Ship now',
      refund: 'Refund',
      resolve_case: 'Resolve',
    } as const;
    const [held, kept] = await seedHeld(portal, 2);
    const buyer = await portal.newShopper();
    await buyer.addToCart(await buyer.findVariant(10), 1);
    const bounced = await buyer.order(CARDS.good, { ...ADDRESS, line2: 'RETURN' });
    await portal.staff.call('PUT', `/api/v1/orders/${kept?.order_id}/cancel`, [200, 202]);
    const found = await portal.staff.waitFor(bounced.order_id, ({ cases = [] }) => cases.length > 0, 120_000);
    const orders = [
      seeded.delivered,
      seeded.goingBack,
      seeded.lost,
      seeded.declined,
      held,
      kept,
      found,
      many[0],
    ];
    const ids = orders.flatMap((order) => order?.order_id ?? []);
    expect(new Set(ids).size).toBe(8);
    const seen = new Set<string>();
    for (const who of ['orders', 'admin'] as const) {
      const { page } = await portal.openPage(who, '/orders');
      for (const id of ids) {
        const arriving = page.waitForResponse(
          (response) => response.url().endsWith(`/api/v1/staff/orders/${id}`) && response.ok(),
        );
        await page.goto(`${portal.origin}/admin/orders/${id}`);
        const { order } = (await (await arriving).json()) as {
          order: { status: string; actions: readonly { action: keyof typeof buttons }[] };
        };
        await heading(page, /^Order /).waitFor();
        const offered = [];
        for (const [action, name] of Object.entries(buttons))
          if ((await page.getByRole('main').getByRole('button', { name, exact: true }).count()) > 0)
            offered.push(action);
        const allowed = new Set(
          order.actions.map(({ action }) => action).filter((action) => action in buttons),
        );
        expect([who, id, offered.toSorted()]).toEqual([who, id, [...allowed].toSorted()]);
        seen.add(`${order.status}: ${offered.join()}`);
      }
    }
    expect(seen.size).toBeGreaterThanOrEqual(5);
    const { page } = await portal.openPage('stock', '/stock');
    for (const id of ids)
      expect(
        await page.evaluate<number>(
          `fetch('/api/v1/staff/orders/${id}', { headers: { 'X-Shop-Client': 'admin' } }).then(({ status }) => status)`,
        ),
      ).toBe(403);
    await page.goto(`${portal.origin}/admin/orders/${ids[0]}`);
    await page.getByText('There is no such page').waitFor();
  });

  it('is worked without a mouse: sign in, ship and refund in three minutes, count, review, sign out', async () => {
    const [order] = await seedHeld(portal, 1, 2);
    if (!order) throw new Error('an order was placed');
    const { page, troubles } = await portal.open();
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    const beganAt = performance.now();
    await page.goto(`${portal.origin}/admin/orders`);
    await page.getByLabel('E-mail address').waitFor();
    const clicks = await countClicks(page);
    await page.keyboard.type(STAFF.admin[0]); // it has the focus
    await press('Tab');
    await page.keyboard.type(STAFF.admin[1]);
    await press('Enter');
    await page.getByRole('table').waitFor();

    await press('/');
    await page.keyboard.type(order.number);
    await page.waitForURL(/q=/);
    await page.getByRole('link', { name: order.number }).waitFor();
    await tabTo(page, order.number);
    await press('Enter');
    await heading(page, `Order ${order.number}`).waitFor();
    await tabTo(page, 'Ship now');
    await press('Enter');
    await page.getByText('The parcel is being sent').waitFor();
    await page.getByText('Delivered', { exact: true }).first().waitFor({ timeout: 60_000 });
    await tabTo(page, 'Refund');
    await press('Enter');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).waitFor();
    await page.keyboard.type('A scratch');
    await tabTo(page, /^More of /);
    await press('Enter');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Refund €/ })
      .waitFor();
    await tabTo(page, /^Refund €/);
    await press('Enter');
    await page.getByText(/^Refund of .* requested$/).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focusedName(page)).toBe('Refund');
    expect(performance.now() - beganAt).toBeLessThan(STRANGER_MS);

    await press('g');
    await press('s');
    await page.getByRole('grid').waitFor();
    await tabTo(page, 'grid');
    await paste(page, '9001\n9002');
    await press('Control+s');
    await page.keyboard.type('Stocktaking');
    await press('Enter');
    await page.getByText('2 cells saved').waitFor();

    await press('g');
    await press('r');
    await heading(page, 'Reviews').waitFor();
    await page.getByText('1 of 2').waitFor();
    await press('a');
    await page.getByText('Review approved').waitFor();

    await tabTo(page, /Account:/);
    await press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await expect.poll(() => focusedName(page)).toMatch(/Account:/);
    await press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await clicks()).toBe(0);
    await press('ArrowDown'); // the first one
    await press('ArrowUp'); // the last one
    await press('Enter');
    await heading(page, 'Sign in').waitFor();
    expect(troubles()).toEqual([]);
  });
});

describe('orders whose parcels are sent later', () => {
  const portal = usePortal(() => ({ SHIPPING_DISPATCH_DELAY_MS: String(60 * 60_000) }));

  it('are put on hold with a reason, wait meanwhile, and are released', async () => {
    const [order] = await seedMany(portal, 1);
    if (!order) throw new Error('an order was placed');
    await portal.staff.waitForStatus(order.order_id, 'confirmed');
    const { page, troubles } = await portal.openPage('orders', `/orders/${order.order_id}`);
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Hold' }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).waitFor();
    await dialog.getByRole('button', { name: 'Hold' }).click(); // the browser asks for the reason
    expect(await page.locator('[name=reason]:invalid').count()).toBe(1);
    expect(await barriersInSchemes(page, 'order-hold')).toEqual([]);
    await page.keyboard.type(SCRIPT); // it has the focus
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(SCRIPT).first().waitFor();
    await expect
      .poll(async () => (await portal.staff.look(order.order_id)).hold)
      .toMatchObject({ reason: SCRIPT, is_effective: true });
    const { body } = await portal.staff.call('GET', '/api/v1/audit-entries?operation=holdOrder', [200]);
    expect(body).toMatchObject({ items: [{ reason: SCRIPT }] });
    await page.getByRole('button', { name: 'Release' }).click();
    await page.getByRole('button', { name: 'Hold' }).waitFor();
    await page.getByRole('button', { name: 'Release' }).waitFor({ state: 'detached' });
    expect(await page.title()).not.toBe('owned');

    // With others, from the list.
    await page.goto(`${portal.origin}/admin/orders`);
    await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
    await page.getByRole('group', { name: 'Selected orders' }).getByRole('button', { name: 'Hold' }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await page.keyboard.type('Stocktaking');
    await page.keyboard.press('Enter');
    await page.getByRole('table').getByText('On hold').waitFor();
    expect(troubles()).toEqual([]);
  });
});
