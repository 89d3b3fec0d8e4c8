import { expect } from 'vitest';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { postgresListingQueries } from '../adapters/postgres/listings.postgres.ts';
import { postgresQueryCounts } from '../adapters/postgres/query-counts.postgres.ts';
import { postgresRuleQueries } from '../adapters/postgres/rules.postgres.ts';
import { search as module } from '../main/module.ts';

const idOf = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;

upgradeContract(module, {
  '0001-listings': async ({ store }) => {
    if (store.kind === 'memory') throw new Error('not SQL');
    const lamp = {
      productId: idOf('01'),
      revision: 4,
      product: {
        name: 'Desk Lamp',
        description: 'A lamp for a desk.',
        category: 'Home',
        subcategory: 'Lamps',
        tags: ['oak'],
        brand: 'Lumen',
        specifications: { height: '40 cm' },
        variants: [
          {
            variantId: idOf('11'),
            sku: 'LAMP-OAK',
            attributes: { wood: 'Oak' },
            price: 49.9,
            currency: 'EUR',
            images: ['/oak.svg'],
          },
        ],
        createdAt: '2026-02-01T10:00:00.000Z',
      },
      rating: { average: 4.5, count: 2 },
      sold: 7,
      available: new Set(['LAMP-OAK']),
    };
    const listings = postgresListingQueries(store.database);
    expect(await listings.find([idOf('01'), idOf('02')])).toEqual([
      lamp,
      { productId: idOf('02'), revision: 2, sold: 0, available: new Set() },
    ]);
    expect(await listings.pending(10)).toEqual([lamp]);
    expect(await postgresRuleQueries(store.database).find(idOf('21'))).toEqual({
      ruleId: idOf('21'),
      version: 2,
      content: { kind: 'synonyms', words: ['lamp', 'light'] },
      updatedAt: new Date('2026-02-01T10:00:00Z'),
    });
  },
  '0002-queries': async ({ store }) => {
    if (store.kind === 'memory') throw new Error('not SQL');
    expect(await postgresQueryCounts(store.database).mostFrequent('2026-01-31', 7, 10)).toEqual([
      { query: 'desk lamp', count: 7 },
    ]);
    const listings = postgresListingQueries(store.database);
    expect(await listings.countPending()).toBe(1);
    const [lag = -1] = await listings.markIndexed([{ productId: idOf('03'), revision: 3 }]);
    expect(lag).toBeGreaterThanOrEqual(0);
  },
  '0003-changed-at': async (toolbox) => {
    if (toolbox.store.kind === 'memory') throw new Error('not SQL');
    const { sweeps = [] } = await module.compose(toolbox);
    for (const { sweep } of sweeps) await sweep(toolbox.clock.now());
    expect(await postgresListingQueries(toolbox.store.database).find([idOf('04')])).toMatchObject([
      { revision: 5, sold: 7 },
    ]);
  },
});
