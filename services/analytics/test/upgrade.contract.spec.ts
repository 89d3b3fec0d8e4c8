import { expect } from 'vitest';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { postgresLakeQueue } from '../adapters/postgres/lake-queue.postgres.ts';
import { postgresShoppers } from '../adapters/postgres/shoppers.postgres.ts';
import { analytics as module } from '../main/module.ts';

const idOf = (last: string): string => `0190a000-0000-7000-8000-000000000${last}`;
const randomOf = (last: string): string => `0190a000-0000-4000-8000-000000000${last}`;

upgradeContract(module, {
  '0001-shoppers-and-lake': async (toolbox) => {
    const { store } = toolbox;
    if (store.kind === 'memory') throw new Error('not SQL');
    const unitOfWork = sqlUnitOfWork(toolbox, store, (tx) => ({ shoppers: postgresShoppers(tx) }));
    const [known, erased] = [idOf('001'), idOf('002')];
    expect(await unitOfWork.run(({ shoppers }) => shoppers.of([known, erased]))).toEqual(
      new Map([[known, randomOf('101')]]),
    );
    const queue = postgresLakeQueue(store.database);
    const begun = {
      batchId: randomOf('201'),
      rows: [
        {
          eventId: idOf('301'),
          eventType: 'search.performed',
          eventVersion: 1,
          recordedAt: '2026-02-01T10:00:00.000Z',
          shopper: randomOf('101'),
          fields: { session_id: randomOf('401'), query: 'lamp', hits: 3 },
        },
      ],
    };
    expect(await queue.begin(10)).toEqual(begun);
    await queue.end(begun.batchId);
    expect((await queue.begin(10))?.rows.map(({ eventId }) => eventId)).toEqual([idOf('302')]);
  },
});
