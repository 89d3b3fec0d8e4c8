import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identify } from '#adapters/process/identity.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { lakeFolder, readLake } from '#analytics/test/lake.rig.ts';
import { INTERPRETER } from '#recommendation/main/environment.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { CARDS, type Shopper } from '#test/kit/shopper.ts';
import { closeTestShops, openTestShop, type TestShop } from './shop.ts';

interface Recommended {
  readonly strategy: string;
  readonly items: readonly { readonly product_id: string; readonly reason: { readonly code: string } }[];
}

/** Publishes a model with a list of one shopper, as the pipeline does. */
const PUBLISH = `
import sys
from pathlib import Path
from recommendation.test.artifact import ModelFolder, point
models, shopper, *products = sys.argv[1:]
folder = ModelFolder(categories=dict.fromkeys(products, "Home"), users={shopper: products}, popular=products)
point(Path(models), folder.version, folder.write(Path(models)))
`;

const publish = (models: string, shopper: string, products: readonly string[]) =>
  promisify(execFile)(INTERPRETER, ['-c', PUBLISH, models, shopper, ...products], {
    env: { ...process.env, PYTHONPATH: fileURLToPath(new URL('../../services/', import.meta.url)) },
  });

describe('a shop with recommendations', () => {
  const lake = lakeFolder();
  const models = join(temporaryFolder(), 'models');
  let test: TestShop;
  let shopper: Shopper;
  beforeAll(async () => {
    // Patient, so that only a service that is away is late.
    test = await openTestShop({
      RECOMMENDATIONS: 'on',
      GATEWAY_RECOMMENDATION_MS: '30000',
      RECOMMENDATION_MODELS: models,
      ANALYTICS_LAKE: lake,
      ANALYTICS_LAKE_MS: '500',
    });
    shopper = await test.shopper();
    expect(await recommendations().outcome).toMatch(/^ready/);
  });
  afterAll(closeTestShops);

  const recommendations = () => {
    const { recommendations: found } = test.shop as { readonly recommendations?: Running };
    if (!found) throw new Error('they are switched off');
    return found;
  };
  const list = async (query: string): Promise<Recommended> =>
    (await shopper.call('GET', `/api/v1/recommendations?${query}`, [200])).body as Recommended;
  const idsOf = ({ items }: Recommended): readonly string[] => items.map(({ product_id }) => product_id);

  it('knows its products from events', async () => {
    await until(async () => (await list('list=popular&limit=24')).strategy === 'popular');
    const { product_id } = await shopper.findVariant(5);
    const similar = await list(`list=similar&product_id=${product_id}`);
    expect(similar).toMatchObject({ strategy: 'content' });
    expect(idsOf(similar)).not.toContain(product_id);
  });

  it('follows a visit: what was just looked at decides what comes next', async () => {
    const { product_id } = await shopper.findVariant(5);
    const { url } = test.shop;
    const viewed = { id: systemIds.next(), kind: 'viewed', at: new Date().toISOString(), product_id };
    const reported = await fetch(`${url}/api/v1/behaviour`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ facts: [viewed] }),
    });
    const cookie = reported.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    await until(async () => {
      const answer = await fetch(`${url}/api/v1/recommendations?list=for_you`, { headers: { cookie } });
      const { strategy, items } = (await answer.json()) as Recommended;
      return strategy === 'session' && items[0]?.reason.code === 'viewed';
    });
    expect((await list('list=for_you')).strategy).toBe('popular'); // in another visit
  });

  it('recommends no more what was bought, except to buy it again', async () => {
    const variant = await shopper.findVariant(5);
    await shopper.addToCart(variant);
    await shopper.order(CARDS.good);
    await until(async () => idsOf(await list('list=buy_again')).includes(variant.product_id));
    expect(idsOf(await list('list=popular&limit=24'))).not.toContain(variant.product_id);
  });

  it('gives users the list that a model has for their pseudonym, as it is in the lake, and nobody else', async () => {
    const [row] = await until(async () => {
      const rows = await readLake(lake, 'order.placed').catch(() => []);
      return rows.length > 0 && rows;
    });
    const products = idsOf(await list('list=popular&limit=6'));
    await publish(models, String(row?.['shopper']), products);
    await until(async () => (await list('list=for_you&limit=6')).strategy.startsWith('personal'));
    const other = await (await test.shopper()).call('GET', '/api/v1/recommendations?list=for_you', [200]);
    expect((other.body as Recommended).strategy).toBe('popular');
  });

  it('goes on when the service is killed, and has it back soon', async () => {
    const pid = recommendations().pid();
    const killed = pid === undefined ? undefined : identify(pid);
    if (!killed) throw new Error('it is not running');
    process.kill(killed.pid, 'SIGKILL');
    await until(async () => (await list('list=for_you')).strategy === 'fallback');
    expect((await list('list=popular&limit=3')).items).toHaveLength(3);
    const variant = await shopper.findVariant(5);
    await shopper.addToCart(variant);
    const { order_id } = await shopper.order(CARDS.good);
    await until(async () => (await list('list=for_you')).strategy !== 'fallback');
    await shopper.waitForStatus(order_id, 'delivered');
    // What it knew, it knows again; and what happened meanwhile.
    await until(async () => idsOf(await list('list=buy_again')).includes(variant.product_id));
  });
});

interface Running {
  readonly outcome: Promise<string>;
  pid(): number | undefined;
}
