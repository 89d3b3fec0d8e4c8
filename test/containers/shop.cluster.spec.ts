import { beforeAll, expect, it } from 'vitest';
import { run } from '#scripts/engines/install/run.ts';
import { repository } from '#scripts/package/repository.ts';
import { fill, startComposeShop, type ComposeShop } from './compose-shop.ts';

const START_MS = 1_200_000;

let shop: ComposeShop;
beforeAll(async () => {
  shop = await startComposeShop();
  await fill(shop);
}, START_MS);

it('the demo passes on the shop of compose.yaml', async () => {
  const demo = ['--disable-warning=ExperimentalWarning', 'test/demo/demo.ts'];
  const said = await run(process.execPath, demo, { cwd: repository().root, env: { SHOP_URL: shop.url } });
  expect(said).toContain(`Using the shop at ${shop.url}`);
  expect(said).toContain('All checks passed.');
});
