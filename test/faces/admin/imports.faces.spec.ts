import { describe, expect, it } from 'vitest';
import { barriersOn, picture } from '../browser.ts';
import { countClicks, heading, SCRIPT, usePortal } from './portal.ts';

/** 5,000 rows on a busy machine. */
const SLOW_MS = 120_000;

const HEAD = 'handle,name,description,category,subcategory,brand,sku,price,currency';

const line = (index: number, price = '9.90'): string =>
  `h${index},Candle ${index},A candle.,Home,Candles,Wax,CANDLE-${index},${price},EUR`;

const file = (name: string, ...lines: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});

/** The gateway renews an access token that ends within this time. */
const RENEWED_FROM_S = 30;

describe('imports in the admin portal', () => {
  // Access tokens are renewed all the time, so each test has a session of its own: see the test with two tabs.
  const portal = usePortal(() => ({ USER_ACCESS_TOKEN_S: String(RENEWED_FROM_S + 1) }));

  it('of a file take 4 clicks from the products', async () => {
    const { page, troubles } = await portal.openSession('catalog', '/products');
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
    const lines = Array.from({ length: 5_000 }, (_, index) =>
      line(100 + index, index % 167 === 0 ? 'cheap' : '5.00'),
    );
    const { page, troubles } = await portal.openSession('catalog', '/imports');
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
    await page.getByText('30 rejected rows').waitFor({ timeout: SLOW_MS });
    expect(await barriersOn(page)).toEqual([]);
    await picture(page, 'import-checked');
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByRole('progressbar').waitFor();
    await page.reload(); // it goes on
    await page.getByText('Done', { exact: true }).waitFor({ timeout: SLOW_MS });
    const outcome = page.getByRole('region', { name: 'Outcome' });
    await outcome.getByText('4,970', { exact: true }).waitFor();
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
    const { page } = await portal.openSession('catalog', '/imports');
    const importId = await page.evaluate<string>(`fetch('/api/v1/imports', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Shop-Client': 'admin' },
      body: JSON.stringify({ file_name: 'later.csv' }),
    }).then((response) => response.json()).then((created) => created.import_id)`);
    await page.goto(`${portal.origin}/admin/imports/${importId}`);
    await page.getByText('The upload was interrupted').waitFor();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose later.csv again' }).click();
    await (await choosing).setFiles(file('later.csv', HEAD, line(900)));
    await page.getByRole('button', { name: 'Start the import' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await heading(page, 'Import & export').waitFor();
    await page.getByRole('link', { name: 'later.csv' }).waitFor({ state: 'detached' });
  });

  it('are followed in two tabs beyond the life of an access token, and neither is signed out', async () => {
    const { page } = await portal.openSession('catalog', '/imports');
    const other = await page.context().newPage();
    await other.goto(`${portal.origin}/admin/products`);
    await other.getByRole('table').waitFor();
    const session = async (): Promise<string> =>
      (await page.context().cookies()).find(({ name }) => name === 'admin')?.value ?? '';
    const act = `fetch('/api/v1/imports?limit=1', { headers: { 'X-Shop-Client': 'admin' } }).then(({ status }) => status)`;
    const seen = new Set<string>();
    await expect
      .poll(
        async () => {
          expect(await Promise.all([page, other].map((tab) => tab.evaluate<number>(act)))).toEqual([
            200, 200,
          ]);
          return seen.add(await session()).size;
        },
        { timeout: SLOW_MS },
      )
      .toBeGreaterThanOrEqual(4); // tokens, each of which has replaced another
    await Promise.all([page.reload(), other.reload()]);
    await heading(page, 'Import & export').waitFor();
    await heading(other, 'Products').waitFor();
  });

  it('have their counterpart: products as a file', async () => {
    const { page } = await portal.openSession('catalog', '/imports');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const exported = await downloading;
    expect(exported.suggestedFilename()).toBe('products.csv');
  });
});
