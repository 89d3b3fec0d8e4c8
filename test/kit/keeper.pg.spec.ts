import { afterEach, describe, expect, it } from '@jest/globals';
import { isFree } from '#adapters/system/free-port.ts';
import { until } from './conditions.ts';
import { openStarter, type Starter } from './orphans.ts';

describe('a test that is killed', () => {
  let starter: Starter;
  afterEach(() => {
    starter.clear();
  });

  it('leaves no PostgreSQL, and no data', async () => {
    starter = await openStarter('postgres');
    expect(await isFree(starter.port)).toBe(false);
    expect(starter.homes()).toHaveLength(1);
    await starter.kill();
    await until(() => isFree(starter.port));
    await until(() => starter.homes().length === 0);
  });
});
