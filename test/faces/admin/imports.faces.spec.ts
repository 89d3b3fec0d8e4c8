import { describe, expect, it } from 'vitest';
import { barriersOn, picture } from '../browser.ts';
import { countClicks, heading, SCRIPT, usePortal } from './portal.ts';

const HEAD = 'handle,name,description,category,subcategory,brand,sku,price,currency';

const line = (index: number, price = '9.90'): string =>
  `h${index},Candle ${index},A candle.,Home,Candles,Wax,CANDLE-${index},${price},EUR`;

const file = (name: string, ...lines: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});

describe('imports in the admin portal', () => {
  const portal = usePortal();

  it('of a file take 4 clicks from the products', async () => {
    const { page, troubles } = await portal.openPage('catalog', '/products');
    await page.getByRole('table').waitFor();
    const clicks = await countClicks(page);
    await page.getByRole('main').getByRole('link', { name: 'Import and export' }).click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await choosing).setFiles(file('candles.csv', HEAD, line(1), line(2)));
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByText('All rows are imported.').waitFor();
    expect(await clicks()).toBe(3);
    await page.getByRole('link', { name: 'To the products' }).click();
    await page.getByRole('link', { name: 'Candle 1' }).waitFor();
    expect(troubles()).toEqual([]);
  });

  it('of a file with faults list the rows, and take them repaired', async () => {
    const lines = Array.from({ length: 40 }, (_, index) =>
      line(100 + index, index % 10 === 0 ? 'cheap' : '5.00'),
    );
    const { page, troubles } = await portal.openPage('catalog', '/imports');
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (
      await choosing
    ).setFiles(
      file(
        'faults.csv',
        `${HEAD},Burns for,Internal`,
        ...lines.map((one, index) => `${one},${index} h,${index === 0 ? SCRIPT.replaceAll('"', '') : 'x'}`),
      ),
    );
    await heading(page, 'faults.csv').waitFor();
    await page.getByText('2 columns are not known').waitFor();
    expect(await page.getByRole('button', { name: 'Start the import' }).isDisabled()).toBe(true);
    expect(await barriersOn(page)).toEqual([]);
    await page
      .getByRole('combobox', { name: 'What Burns for is imported as' })
      .selectOption('Specification Burns for');
    await page.getByRole('button', { name: 'Ignore them' }).click();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.reload(); // the wizard is its address
    await page.getByRole('button', { name: 'Start the import' }).waitFor();
    await page.getByText('4 rejected rows').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await picture(page, 'import-checked');
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    const outcome = page.getByRole('region', { name: 'Outcome' });
    await outcome.getByText('36', { exact: true }).waitFor();
    await page.getByRole('table', { name: 'Rejected rows' }).getByText('price:').first().waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download to repair' }).click();
    const rejected = await (await downloading).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of rejected) chunks.push(chunk as Buffer);
    const repaired = Buffer.concat(chunks).toString().replaceAll('cheap', '4.00');
    expect(repaired).toContain('error_line');
    const choosingAgain = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import the repaired rows' }).click();
    await (
      await choosingAgain
    ).setFiles({ name: 'repaired.csv', mimeType: 'text/csv', buffer: Buffer.from(repaired) });
    await heading(page, 'repaired.csv').waitFor();
    await page.getByRole('button', { name: 'Ignore them' }).click();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByText('All rows are imported.').waitFor();
    expect(await page.title()).not.toBe('owned');
    await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link').click();
    await page.getByRole('link', { name: 'repaired.csv' }).waitFor();
    await page.getByRole('link', { name: 'faults.csv' }).waitFor();
    expect(troubles()).toEqual([]);
  });

  it('that were interrupted are continued with the same file', async () => {
    const { body } = await portal.staff.call('POST', '/api/v1/imports', [201], { file_name: 'later.csv' });
    const { import_id: importId } = body as { import_id: string };
    const { page } = await portal.openPage('catalog', `/imports/${importId}`);
    await page.getByText('The upload was interrupted').waitFor();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose later.csv again' }).click();
    await (await choosing).setFiles(file('later.csv', HEAD, line(900)));
    await page.getByRole('button', { name: 'Start the import' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await heading(page, 'Import & export').waitFor();
    await page.getByRole('link', { name: 'later.csv' }).waitFor({ state: 'detached' });
  });

  it('have their counterpart: products as a file', async () => {
    const { page } = await portal.openPage('catalog', '/imports');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const exported = await downloading;
    expect(exported.suggestedFilename()).toBe('products.csv');
  });
});
