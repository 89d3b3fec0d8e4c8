import { expect, it } from 'vitest';
import { makeRelist } from './relist.ts';

it('lists all orders again, a few per unit of work, and then stops', async () => {
  let left = 450;
  const units: number[] = [];
  const relist = (limit: number): Promise<number> => {
    const listed = Math.min(limit, left);
    left -= listed;
    units.push(listed);
    return Promise.resolve(listed);
  };
  await makeRelist({ run: (work) => work({ orders: { relist } }) })();
  expect(units).toEqual([200, 200, 50]);
});
