import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lookUntil } from '#test/kit/conditions.ts';
import { ADDRESS, CARDS } from '#test/kit/shopper.ts';
import { heading, SCRIPT, usePortal, withoutEvents } from './portal.ts';

/** For names, in which what looks like a web address is refused. */
const NAME = '<img src=x onerror=alert(1)>';
/** What a spreadsheet would run. */
const FORMULA = '=HYPERLINK("https://evil.example","Click")';

describe('texts that look like markup or formulas', () => {
  const portal = usePortal();

  /** Nothing ran, and nothing was asked for. */
  const isHarmless = async (page: Page): Promise<void> => {
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('[src="x"], main script, main b, main i').count()).toBe(0);
  };

  const see = async (page: Page, text: string): Promise<void> => {
    await page.getByText(text).filter({ visible: true }).first().waitFor();
  };

  it('are typed into the fields of the portal, and stay text', async () => {
    const { page, troubles } = await portal.openPage('admin', '/products/new');
    await withoutEvents(page);
    await heading(page, 'New product').waitFor();
    const fill = async (name: string | RegExp, text: string): Promise<void> => {
      await page.getByRole('textbox', { name, exact: true }).first().fill(text);
    };
    await fill('Name', SCRIPT);
    await fill('Description', SCRIPT);
    await fill('Brand', SCRIPT);
    await fill('Tags', NAME);
    await page.getByRole('combobox', { name: 'Category' }).selectOption({ index: 1 });
    await fill('SKU 1', 'MARKUP-1');
    await fill(/Price$/, '1');
    await page.getByRole('button', { name: 'Add specification' }).click();
    await fill('Name of specification 1', NAME);
    await fill('Value of specification 1', SCRIPT);
    await fill('Title', NAME);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add pictures' }).click();
    const buffer = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    await (await choosing).setFiles({ name: `${NAME}.png`, mimeType: 'image/png', buffer });
    await fill('What picture 1 shows', SCRIPT);
    await fill(/^Reason for the audit trail/, SCRIPT);
    await isHarmless(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await heading(page, SCRIPT).waitFor();
    expect(await page.title()).toContain(SCRIPT);
    await page.reload();
    await heading(page, SCRIPT).waitFor();
    expect(await page.getByRole('textbox', { name: 'What picture 1 shows' }).inputValue()).toBe(SCRIPT);
    await isHarmless(page);

    await page.goto(`${portal.origin}/admin/products?q=${encodeURIComponent(SCRIPT)}`);
    await page.getByRole('link', { name: SCRIPT }).waitFor();
    await page.getByRole('button', { name: 'Save this view' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(NAME);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('navigation', { name: 'Saved views' }).getByText(NAME).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').fill('markup-1');
    await page.getByRole('dialog').getByText(SCRIPT).first().waitFor();
    await page.keyboard.press('Escape');
    await isHarmless(page);

    await page.goto(`${portal.origin}/admin/stock?q=MARKUP-1`);
    await page.getByRole('grid').getByText(SCRIPT).waitFor();
    await isHarmless(page);

    await page.goto(`${portal.origin}/admin/prices`);
    await page.getByRole('button', { name: 'New price list' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill(SCRIPT);
    await dialog.getByRole('textbox', { name: 'Code' }).fill('MARKUP');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('table').getByText(SCRIPT).waitFor();
    await isHarmless(page);

    await page.goto(`${portal.origin}/admin/webhooks`);
    await page.getByRole('button', { name: 'New endpoint' }).click();
    await dialog.getByLabel('Address').fill('https://erp.invalid/?<script>=1');
    await dialog.getByLabel('Description').fill(SCRIPT);
    await dialog.getByRole('checkbox', { name: 'order.placed' }).check();
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill(SCRIPT);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await heading(page, 'erp.invalid').waitFor();
    await see(page, SCRIPT);
    await isHarmless(page);

    for (const path of ['customers', 'orders', 'returns', 'staff', 'mails', 'products', 'audit']) {
      await page.goto(
        `${portal.origin}/admin/${path}?q=${encodeURIComponent(SCRIPT)}&tag=${encodeURIComponent(NAME)}`,
      );
      await page.locator('h1').waitFor();
      await page.waitForLoadState('networkidle');
      await isHarmless(page);
    }
    await page.goto(`${portal.origin}/admin/audit`);
    await page.getByRole('link', { name: 'createProduct' }).first().click();
    await page.getByRole('dialog').getByText(SCRIPT).first().waitFor();
    await isHarmless(page);
    expect(troubles()).toEqual([]);
  });

  it('are written by shoppers, and stay text', async () => {
    const staff = portal.staff;
    const buyer = await portal.newShopper();
    const own = `/api/v1/users/${buyer.userId}`;
    await buyer.call('PUT', own, [200], { first_name: NAME, last_name: NAME });
    const address = { ...ADDRESS, recipient: SCRIPT, line1: SCRIPT, line2: SCRIPT, city: SCRIPT };
    await buyer.call('POST', `${own}/addresses`, [201], address);
    await buyer.addToCart(await buyer.findVariant(10), 1);
    const { order_id: id, number, items } = await buyer.order(CARDS.good, address);
    await buyer.waitForStatus(id, 'delivered');
    await buyer.call('POST', `/api/v1/orders/${id}/returns`, [201], {
      lines: [{ variant_id: items[0]?.variant_id, quantity: 1, reason: 'other' }],
      comment: SCRIPT,
    });
    const review = { rating: 1, title: SCRIPT, text: `${SCRIPT}\nwww.example.com`, language: 'en' };
    await lookUntil(
      () => buyer.call('POST', `/api/v1/products/${items[0]?.product_id}/reviews`, [201, 403], review),
      ({ status }) => status === 201,
      { patienceMs: 30_000 },
    );
    await staff.call('POST', '/api/v1/staff/orders/acts', [200], {
      ...{ act: 'add_tag', tag: NAME, order_ids: [id] },
    });
    await staff.call('POST', `/api/v1/staff/orders/${id}/notes`, [201], { text: SCRIPT });

    const { page, troubles } = await portal.openPage('admin', `/orders/${id}`);
    await heading(page, `Order ${number}`).waitFor();
    for (const text of [SCRIPT, NAME]) await see(page, text);
    await isHarmless(page);
    for (const [path, text] of [
      ['/orders', NAME],
      ['/returns', number],
      ['/customers', NAME],
      [`/customers/${buyer.userId}`, SCRIPT],
      ['/reviews', SCRIPT],
      ['/needs-you', SCRIPT],
      [`/mails?order=${id}`, 'Your order was delivered'],
    ] as const) {
      await page.goto(`${portal.origin}/admin${path}`);
      await see(page, text);
      await isHarmless(page);
    }
    await page.goto(`${portal.origin}/admin/reviews`);
    await page.getByRole('article').getByText(SCRIPT).first().waitFor();
    await page.keyboard.press('r');
    await page.getByRole('dialog').getByRole('combobox', { name: 'Reason' }).selectOption('spam');
    for (const field of await page.getByRole('dialog').getByRole('textbox').all()) await field.fill(SCRIPT);
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Review rejected').waitFor();
    await page.goto(`${portal.origin}/admin/reviews?view=rejected`);
    await page.getByRole('article').getByText(SCRIPT).nth(1).waitFor();
    await isHarmless(page);
    expect(troubles()).toEqual([]);
  });

  it('are in a file, and stay text in the wizard and in what is exported', async () => {
    const { page, troubles } = await portal.openPage('catalog', '/imports');
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const rows = [
      ['handle', 'name', 'description', 'category', 'subcategory', 'brand', 'sku', 'price', 'currency', NAME],
      ['m1', FORMULA, SCRIPT, NAME, NAME, '@SUM(1)', 'CELLS-1', '2.00', 'EUR', SCRIPT],
      ['m2', SCRIPT, SCRIPT, NAME, NAME, SCRIPT, 'CELLS-2', SCRIPT, 'EUR', SCRIPT],
    ];
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (
      await choosing
    ).setFiles({
      name: `${NAME}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(rows.map((row) => row.map(cell).join(',')).join('\n')),
    });
    await heading(page, `${NAME}.csv`).waitFor();
    for (const text of [NAME, SCRIPT, FORMULA]) await see(page, text);
    await isHarmless(page);
    await page.getByRole('button', { name: 'Ignore them' }).click();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('1 rejected row').waitFor();
    await isHarmless(page);
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByText('Done', { exact: true }).waitFor({ timeout: 60_000 });
    await page.goto(`${portal.origin}/admin/products?q=CELLS-1`);
    await page.getByRole('link', { name: FORMULA }).waitFor();
    await page.getByRole('cell').getByText(NAME).first().waitFor(); // the category
    await isHarmless(page);

    await page.goto(`${portal.origin}/admin/imports`);
    await page.getByRole('link', { name: `${NAME}.csv` }).waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await downloading).createReadStream()) chunks.push(chunk as Buffer);
    const line = Buffer.concat(chunks)
      .toString()
      .split('\n')
      .find((one) => one.includes('CELLS-1'));
    expect(line).toContain(cell(`'${FORMULA}`));
    expect(line).toContain("'@SUM(1)");
    await isHarmless(page);
    expect(troubles()).toEqual([]);
  });
});
