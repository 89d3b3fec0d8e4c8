import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriersInSchemes, barriersOn, picture } from '../browser.ts';
import { countClicks, heading, SCRIPT, usePortal } from './portal.ts';

interface Stored {
  readonly product_id: string;
  readonly name: string;
  readonly status: string;
  readonly specifications: Readonly<Record<string, string>>;
  readonly related: readonly string[];
  readonly variants: readonly {
    readonly sku: string;
    readonly price: number;
    readonly attributes: Readonly<Record<string, string>>;
    readonly prices: Readonly<Record<string, number>>;
    readonly pictures: readonly { readonly url: string; readonly alt: string }[];
  }[];
}

describe('products in the admin portal', () => {
  const portal = usePortal();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pictures-'));
    for (const [name, background] of [
      ['red.png', 'red'],
      ['blue.png', 'blue'],
    ] as const)
      writeFileSync(
        join(folder, name),
        await sharp({ create: { width: 640, height: 480, channels: 3, background } })
          .png()
          .toBuffer(),
      );
  });
  afterAll(() => rm(folder, { recursive: true }));

  const create = async (sku: string, changes: object = {}): Promise<string> => {
    const { body } = await portal.staff.call('POST', '/api/v1/products', [201], {
      name: `Lamp ${sku}`,
      description: 'A lamp.',
      category: 'Home',
      subcategory: 'Lamps',
      brand: 'Lumen',
      variants: [{ sku, price: 10, currency: 'EUR' }],
      ...changes,
    });
    return (body as Stored).product_id;
  };
  const stored = async (productId: string): Promise<Stored> =>
    (await portal.staff.call('GET', `/api/v1/staff/products/${productId}`, [200])).body as Stored;

  it('with options and pictures is made in one save', async () => {
    const { page, troubles } = await portal.openPage('catalog', '/products/new');
    await heading(page, 'New product').waitFor();
    const clicks = await countClicks(page);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Summer shirt');
    await page.getByRole('textbox', { name: 'Brand' }).fill('Lumen');
    await page.getByRole('combobox', { name: 'Category' }).selectOption({ index: 1 });
    await page.getByRole('textbox', { name: /Price$/ }).fill('19.90');
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add pictures' }).click();
    await (await choosing).setFiles([join(folder, 'red.png'), join(folder, 'blue.png')]);
    await page.getByRole('textbox', { name: 'What picture 1 shows' }).fill('In red');
    await page.getByRole('textbox', { name: 'What picture 2 shows' }).fill('In blue');
    await page.getByRole('button', { name: 'Move picture 2 forward' }).click();
    await page.getByRole('button', { name: 'Options' }).click();
    await page.getByRole('textbox', { name: 'Name of option 1' }).fill('Size');
    await page.getByRole('textbox', { name: 'Values of option 1' }).fill('S, M, L, XL, XXL');
    await page.getByRole('button', { name: 'Add option' }).click();
    await page.getByRole('textbox', { name: 'Name of option 2' }).fill('Colour');
    await page
      .getByRole('textbox', { name: 'Values of option 2' })
      .fill('red, blue, green, black, white, grey, pink, teal, sand, navy');
    await page.getByRole('button', { name: 'Create 50 variants' }).click();
    await page.getByText('50 variants').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await picture(page, 'product-options');
    await page.getByText('Published', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Save' }).click();
    await heading(page, 'Summer shirt').waitFor();
    expect(await clicks()).toBeLessThanOrEqual(12);
    const product = await stored(page.url().split('/').at(-1) ?? '');
    expect(product.status).toBe('published');
    expect(product.variants).toHaveLength(50);
    expect(product.variants.at(-1)).toMatchObject({
      sku: 'SUMMER-SHIRT-XXL-NAVY',
      price: 19.9,
      attributes: { Size: 'XXL', Colour: 'navy' },
      pictures: [{ alt: 'In blue' }, { alt: 'In red' }],
    });
    expect(troubles()).toEqual([]);
  });

  it('with scripts in its texts shows them as text', async () => {
    const productId = await create('LAMP-XSS', {
      name: SCRIPT,
      description: SCRIPT,
      tags: ['<b>bold</b>'],
      variants: [
        {
          sku: 'LAMP-XSS',
          price: 1,
          currency: 'EUR',
          attributes: { '<i>a</i>': SCRIPT },
          pictures: [{ url: 'javascript:alert(1)', alt: SCRIPT }],
        },
      ],
    });
    const { page } = await portal.openPage('catalog', '/products');
    await page.getByRole('link', { name: SCRIPT }).click();
    await heading(page, SCRIPT).waitFor();
    await page.getByRole('textbox', { name: 'What picture 1 shows' }).waitFor();
    expect(await page.title()).not.toBe('owned');
    expect(page.url()).toContain(productId);
  });

  it('keeps its other names when a variant is added and another removed in one save', async () => {
    const productId = await create('LAMP-A', {
      variants: ['LAMP-A', 'LAMP-B', 'LAMP-C'].map((sku, index) => ({
        sku,
        price: index + 1,
        currency: 'EUR',
        attributes: { Shade: sku },
      })),
    });
    const { page } = await portal.openPage('catalog', `/products/${productId}`);
    await page.getByRole('button', { name: 'Add variant' }).click();
    await page.getByRole('textbox', { name: 'SKU 4' }).fill('LAMP-D');
    await page.getByRole('button', { name: 'Remove variant LAMP-B' }).click();
    await page.getByRole('textbox', { name: 'Reason for the audit trail' }).fill('Größe “B” is gone');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Product saved').waitFor();
    expect(
      (await stored(productId)).variants.map(({ sku, price, attributes }) => [sku, price, attributes]),
    ).toEqual([
      ['LAMP-A', 1, { Shade: 'LAMP-A' }],
      ['LAMP-C', 3, { Shade: 'LAMP-C' }],
      ['LAMP-D', 3, {}],
    ]);
  });

  it('has specifications and related products, which two people may change at once', async () => {
    const [shade, bulb] = [await create('SHADE-1'), await create('BULB-1')];
    const productId = await create('MERGED-1', { specifications: { Weight: '1 kg', Height: '9 cm' } });
    const { page, troubles } = await portal.openPage('catalog', `/products/${productId}`);
    const picker = page.getByRole('searchbox', { name: 'Search for a product to add' });
    for (const sku of ['SHADE-1', 'BULB-1']) {
      await picker.fill(sku);
      await page
        .getByRole('group', { name: 'Found products' })
        .getByRole('button', { name: `Lamp ${sku}` })
        .waitFor();
      if (sku === 'SHADE-1') {
        expect(await barriersOn(page)).toEqual([]);
        await picture(page, 'product-related');
      }
      await page.keyboard.press('Enter');
    }
    await page.getByRole('button', { name: 'Move Lamp BULB-1 up' }).click();
    await page.getByRole('textbox', { name: 'Value of specification 1' }).fill('2 kg');
    await page.getByRole('button', { name: 'Add specification' }).click();
    await page.getByRole('textbox', { name: 'Name of specification 3' }).fill('Weight');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Another specification has this name.').waitFor();
    await page.getByRole('textbox', { name: 'Name of specification 3' }).fill('Socket');
    await page.getByRole('textbox', { name: 'Value of specification 3' }).fill('E27');
    await page.getByRole('button', { name: 'Add variant' }).click();
    await page.getByRole('textbox', { name: 'SKU 2' }).fill('MERGED-2');
    await page.getByRole('textbox', { name: 'Initial stock' }).first().fill('7');
    await picture(page, 'product-specifications');

    await portal.staff.call('PUT', `/api/v1/products/${productId}`, [200], {
      name: 'Lamp MERGED-1',
      description: 'A lamp.',
      category: 'Home',
      subcategory: 'Lamps',
      brand: 'Lumen',
      specifications: { Weight: '3 kg', Height: '8 cm' },
      related: [shade],
      variants: [{ sku: 'MERGED-1', price: 10, currency: 'EUR' }],
    });
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Changed meanwhile' });
    await dialog.getByRole('row', { name: /Specification · Weight.*1 kg.*2 kg.*3 kg/ }).waitFor();
    await dialog
      .getByRole('row', { name: /Related products.*Lamp BULB-1, Lamp SHADE-1.*Lamp SHADE-1/ })
      .waitFor();
    expect(await dialog.getByRole('row').count()).toBe(3); // with the head
    await dialog.getByRole('radio', { name: '3 kg' }).check();
    await dialog.getByRole('button', { name: 'Save the result' }).click();
    await page.getByText('Product saved').waitFor();
    const { specifications, related } = await stored(productId);
    expect(specifications).toEqual({ Weight: '3 kg', Height: '8 cm', Socket: 'E27' });
    expect(related).toEqual([bulb, shade]);
    await expect
      .poll(() => portal.staff.call('GET', '/api/v1/inventory/stock?q=MERGED-2', [200]))
      .toMatchObject({ body: { items: [{ sku: 'MERGED-2', available: 7 }] } });
    expect(troubles().filter((trouble) => !trouble.includes('412'))).toEqual([]);
  });

  it('asks before changes are lost, on the way back and when the tab is closed', async () => {
    await create('GUARD-1', { brand: 'Guardbrand' });
    const { page } = await portal.openPage('catalog', '/products?q=guardbrand');
    await page.getByRole('link', { name: 'Lamp GUARD-1' }).click();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Half a name');
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    const back = (): Promise<unknown> => page.evaluate('history.back()');
    await back();
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await name.inputValue()).toBe('Half a name');
    const asking = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const question = await asking;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    expect(await name.inputValue()).toBe('Half a name');
    await back();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('link', { name: 'Lamp GUARD-1' }).waitFor();
    const closed = page.waitForEvent('close'); // there is nothing to ask about
    await page.close({ runBeforeUnload: true });
    await closed;
  });

  it('has 100 variants, of which the last is reached', async () => {
    const productId = await create('ROW-1', {
      variants: Array.from({ length: 100 }, (_, index) => ({
        sku: `ROW-${index + 1}`,
        price: 5,
        currency: 'EUR',
        attributes: { Size: String(index + 1), Colour: 'red' },
      })),
    });
    const { page } = await portal.openPage('catalog', `/products/${productId}`);
    await page.getByRole('textbox', { name: 'ROW-100 Price' }).fill('7');
    await page.getByRole('textbox', { name: 'Price for all variants' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Product saved').waitFor();
    expect((await stored(productId)).variants.map(({ price }) => price)).toEqual([
      ...Array.from({ length: 99 }, () => 5),
      7,
    ]);
  });

  it('changes 50 prices by 2 clicks', async () => {
    const ids = [];
    for (let index = 0; index < 50; index += 1)
      ids.push(await create(`BULK-${index}`, { brand: 'Bulkbrand' }));
    const { page, troubles } = await portal.openPage('catalog', '/products?q=bulkbrand');
    await page.getByRole('table').waitFor();
    const clicks = await countClicks(page);
    await page.getByRole('button', { name: 'Edit all in this view' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Percent' }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await picture(page, 'bulk-price');
    await page.keyboard.type('−15 %');
    await page.getByRole('button', { name: 'Change all' }).click();
    await page.getByText('50 products changed').waitFor({ timeout: 30_000 });
    expect(await clicks()).toBe(2);
    expect((await stored(ids[49] ?? '')).variants[0]?.price).toBe(8.5);
    expect(troubles()).toEqual([]);
  });

  it('moves selected products to the trash, and takes them back', async () => {
    await create('TRASH-1', { brand: 'Trashbrand' });
    await create('TRASH-2', { brand: 'Trashbrand' });
    const { page } = await portal.openPage('catalog', '/products?q=trashbrand');
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
    await page.getByRole('button', { name: 'Move to trash' }).click();
    await page.getByText('2 products are in the trash').waitFor();
    await page.getByText('Nothing found').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('2 products restored').waitFor();
    await page.getByRole('link', { name: 'Lamp TRASH-1' }).waitFor();
  });

  it('has prices in a price list that was just made', async () => {
    const productId = await create('LISTED-1');
    const { page, troubles } = await portal.openPage('catalog', '/prices');
    await page.getByRole('button', { name: 'New price list' }).click();
    const dialog = page.getByRole('dialog', { name: 'New price list' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Winter sale');
    await dialog.getByRole('textbox', { name: 'Code' }).fill('winter-26');
    await dialog.getByLabel('Valid until').fill('2020-01-01T10:00');
    expect(await barriersOn(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('row', { name: /Winter sale/ })
      .getByText('Ended')
      .waitFor();
    await page.getByRole('button', { name: 'Winter sale' }).click();
    await page.getByRole('dialog').getByLabel('Valid until').fill('');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('row', { name: /Winter sale/ })
      .getByText('Always')
      .waitFor();
    await page.goto(`${portal.origin}/admin/products/${productId}`);
    await page.getByRole('combobox', { name: 'Show a price list' }).selectOption('WINTER-26');
    await page.getByRole('textbox', { name: 'LISTED-1 WINTER-26' }).fill('7.50');
    await page.keyboard.press('Control+s');
    await page.getByText('Product saved').waitFor();
    expect((await stored(productId)).variants[0]?.prices).toEqual({ 'WINTER-26': 7.5 });
    expect(troubles()).toEqual([]);
  });

  describe('collections', () => {
    /** Names of what customers see, in order. */
    const seen = async (slug: string): Promise<readonly string[]> => {
      const { body } = await portal.staff.call('GET', `/api/v1/collections/${slug}/products`, [200]);
      return (body as { items: readonly { name: string }[] }).items.map(({ name }) => name);
    };

    it('are put together by hand, in an order', async () => {
      for (const sku of ['GIFT-1', 'GIFT-2', 'GIFT-3']) await create(sku);
      const { page, troubles } = await portal.openPage('catalog', '/collections');
      await page.getByText('No collections yet').waitFor();
      await page.getByRole('link', { name: 'New collection' }).click();
      await heading(page, 'New collection').waitFor();
      await page.getByRole('textbox', { name: 'Name' }).fill('Gifts');
      const picker = page.getByRole('searchbox', { name: 'Search for a product to add' });
      for (const sku of ['GIFT-1', 'GIFT-2', 'GIFT-3']) {
        await picker.fill(sku);
        await page.getByRole('button', { name: `Lamp ${sku}`, exact: true }).waitFor();
        await page.keyboard.press('Enter');
      }
      await page.getByRole('button', { name: 'Move Lamp GIFT-2 up' }).click();
      await page.getByRole('button', { name: 'Remove Lamp GIFT-3' }).click();
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Add a picture' }).click();
      await (await choosing).setFiles(join(folder, 'red.png'));
      await page.getByRole('textbox', { name: 'What it shows' }).fill('Ribbons');
      await page.getByText('Published', { exact: true }).click();
      await page.getByRole('textbox', { name: /^Reason/ }).fill('For December');
      expect(await barriersOn(page)).toEqual([]);
      await page.keyboard.press('Control+s');
      await heading(page, 'Gifts').waitFor();
      await page.getByRole('region', { name: 'What customers see' }).getByText('Lamp GIFT-1').waitFor();
      expect(await seen('gifts')).toEqual(['Lamp GIFT-2', 'Lamp GIFT-1']);
      const { body } = await portal.staff.call('GET', '/api/v1/collections/gifts', [200]);
      expect(body).toMatchObject({
        picture: { url: expect.stringMatching(/-large\.webp$/), alt: 'Ribbons' },
      });
      expect(await barriersInSchemes(page, 'collection')).toEqual([]);
      await page.setViewportSize({ width: 360, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await picture(page, 'collection-360');
      expect(troubles()).toEqual([]);
    });

    it('have what meets a rule, which needs a condition', async () => {
      for (const [sku, price] of [
        ['RULE-1', 5],
        ['RULE-2', 50],
        ['RULE-3', 20],
      ] as const)
        await create(sku, { brand: 'Gleam', variants: [{ sku, price, currency: 'EUR' }] });
      const { page, troubles } = await portal.openPage('catalog', '/collections/new');
      await page.getByRole('textbox', { name: 'Name' }).fill('Bright');
      await page.getByText('By rule', { exact: true }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('A rule needs a condition.').waitFor();
      await page.getByRole('textbox', { name: 'Brand' }).fill('Gleam');
      await page.getByRole('textbox', { name: 'Lowest price' }).fill('10');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Three letters, such as EUR.').waitFor();
      await page.getByRole('textbox', { name: 'Currency' }).fill('eur');
      await page.getByRole('combobox', { name: 'Sort' }).selectOption('price_desc');
      await page.getByText('Published', { exact: true }).click();
      expect(await barriersOn(page)).toEqual([]);
      await page.getByRole('button', { name: 'Save' }).click();
      await heading(page, 'Bright').waitFor();
      expect(await seen('bright')).toEqual(['Lamp RULE-2', 'Lamp RULE-3']);
      await picture(page, 'collection-rule');
      expect(troubles()).toEqual([]);
    });

    it('that two people change keep the changes of both, who are asked where they differ; are deleted with a reason', async () => {
      const [mine, theirs] = [await create('BOTH-1'), await create('BOTH-2')];
      const { body } = await portal.staff.call('POST', '/api/v1/collections', [201], {
        name: 'Fleeting',
        kind: 'manual',
      });
      const { collection_id: id } = body as { collection_id: string };
      const { page, troubles } = await portal.openPage('catalog', `/collections/${id}`);
      await page.getByRole('textbox', { name: 'Name' }).fill('Mine');
      await page.getByRole('searchbox', { name: 'Search for a product to add' }).fill('BOTH-1');
      await page.getByRole('button', { name: 'Lamp BOTH-1', exact: true }).click();
      await portal.staff.call('PUT', `/api/v1/collections/${id}`, [200], {
        name: 'Theirs',
        description: 'Changed by them.',
        kind: 'manual',
        product_ids: [theirs, mine],
      });
      await page.getByRole('button', { name: 'Save' }).click();
      const dialog = page.getByRole('dialog', { name: 'Changed meanwhile' });
      await dialog.getByRole('row', { name: /Name.*Fleeting.*Mine.*Theirs/ }).waitFor();
      await dialog
        .getByRole('row', {
          name: /Products.*1 product; added: Lamp BOTH-1.*added: Lamp BOTH-2, Lamp BOTH-1/,
        })
        .waitFor();
      expect(await dialog.getByRole('row').count()).toBe(3); // with the head
      expect(await barriersInSchemes(page, 'collection-conflict')).toEqual([]);
      await dialog.getByRole('radio', { name: /Lamp BOTH-2/ }).check();
      await dialog.getByRole('button', { name: 'Save the result' }).click();
      await heading(page, 'Mine').waitFor();
      expect((await portal.staff.call('GET', `/api/v1/staff/collections/${id}`, [200])).body).toMatchObject({
        name: 'Mine',
        description: 'Changed by them.',
        product_ids: [theirs, mine],
      });
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog', { name: 'Delete Mine' }).getByRole('textbox').fill('Over');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('Collection deleted').waitFor();
      await heading(page, 'Collections').waitFor();
      await page.getByRole('link', { name: 'Mine' }).waitFor({ state: 'detached' });
      expect(troubles().filter((trouble) => !trouble.includes('412'))).toEqual([]);
    });
  });
});
