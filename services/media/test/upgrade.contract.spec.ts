import { expect } from 'vitest';
import { postgresDocumentQueries } from '#adapters/postgres/documents.ts';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { queriesIn } from '../adapters/documents.ts';
import { media as module } from '../main/module.ts';

const idOf = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;

upgradeContract(module, {
  '0001-media': async ({ store }) => {
    if (store.kind !== 'sql') throw new Error('not SQL');
    const { assets, contents } = queriesIn((kind) =>
      postgresDocumentQueries(store.database, store.schema, kind),
    );
    expect(await assets.find(idOf('01'))).toMatchObject({ status: 'ready', references: ['review:r-1'] });
    expect(await contents.byName('00')).toMatchObject({ width: 3, holders: 1, isStored: true });
    expect(await contents.having('unusedSince')).toMatchObject([{ sha256: '01' }]);
  },
});
