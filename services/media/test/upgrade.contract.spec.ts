import { expect } from 'vitest';
import { postgresDocumentQueries } from '#adapters/postgres/documents.ts';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { queriesIn } from '../adapters/documents.ts';
import { media as module } from '../main/module.ts';

const idOf = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;

upgradeContract(module, {
  '0001-media': async ({ store }) => {
    if (store.kind !== 'sql') throw new Error('not SQL');
    const { assets, contents, libraries } = queriesIn((kind) =>
      postgresDocumentQueries(store.database, store.schema, kind),
    );
    expect(await assets.find(idOf('01'))).toMatchObject({
      status: 'ready',
      references: ['review:r-1'],
      shownBy: ['review:r-1'],
    });
    expect(await contents.byName('00')).toMatchObject({ width: 3, holders: 1, shown: 1, isStored: true });
    expect(await contents.having('unusedSince')).toMatchObject([{ sha256: '01', shown: 0 }]);
    const entries = { [idOf('01')]: { bytes: 9, isUsed: true } };
    expect(await libraries.byName('u-1')).toMatchObject({ version: 1, ownerId: 'u-1', entries });
  },
});
