import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STATEFUL } from '#all-in-one/main/modules.ts';
import { missingReading, readBase, SQL_STORES, upgraded, upgradedBase } from './upgrade.contract.ts';

const first = { name: '0001-a', up: ['create table grown.a (id int primary key, b text)'] };
const second = { name: '0002-b', up: ['alter table grown.a add c int not null default 1'] };
const forgetful = { name: '0002-b', up: ['alter table grown.a drop b', 'alter table grown.a add b text'] };
const strict = { name: '0002-b', up: ['alter table grown.a add c int not null'] };

const read = (): Promise<void> => Promise.resolve();
const DATA = "insert into grown.a values (7, 'x')";

describe('the upgrade of a service’s data', () => {
  it('is tested for every service that has tables of its own', () => {
    const without = STATEFUL.filter(
      ({ name, migrations }) =>
        migrations.length > 0 &&
        !existsSync(new URL(`../../services/${name}/test/upgrade.contract.spec.ts`, import.meta.url)),
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('needs data of the schema before the newest, or of the only one', () => {
    expect(missingReading([], {})).toBeUndefined();
    expect(missingReading([first], {})).toBe('0001-a');
    expect(missingReading([first], { '0001-a': read })).toBeUndefined();
    expect(missingReading([first, second], { '0001-a': read })).toBeUndefined();
    expect(missingReading([first, second, { name: '0003-c', up: [] }], { '0001-a': read })).toBe('0002-b');
  });
});

describe.each(SQL_STORES)('data in %s', (store) => {
  const rowsAfter = async (last: typeof second): Promise<unknown> => {
    const grown = { name: 'grown', migrations: [first, last] };
    const toolbox = await upgraded(store, grown, '0001-a', DATA);
    if (toolbox.store.kind === 'memory') throw new Error('not SQL');
    return toolbox.store.database.query('select * from grown.a');
  };

  it('exist before the newest migration', async () => {
    expect(await rowsAfter(second)).toEqual([{ id: 7, b: 'x', c: 1 }]);
  });

  it('of the platform exist before its newest migration', async () => {
    await readBase(await upgradedBase(store));
  });

  it('show what a migration loses', async () => {
    expect(await rowsAfter(forgetful)).toEqual([{ id: 7, b: null }]);
  });

  it('fail a migration that works only on an empty table', async () => {
    await expect(rowsAfter(strict)).rejects.toThrow();
  });
});
