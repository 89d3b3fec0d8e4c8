import { describe, expect, it } from 'vitest';
import { HOUR } from '#kernel/clock.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { MODULES } from '../main/modules.ts';

/** What each service deletes, in addition to handled events and idempotency keys, which every host sweeps. */
const FORGETTING = {
  cart: ['expired carts'],
  user: ['sessions, resets and attempts that are over'],
};

describe('the services', () => {
  const declared = async () =>
    Promise.all(
      MODULES.map(async (module) => {
        const client = () => () => Promise.reject(new Error('nobody is asked here'));
        const { sweeps = [] } = await module.compose({ ...(await openToolbox('memory', module)), client });
        return [module.name, sweeps] as const;
      }),
    );

  it('declare what they sweep, once an hour', async () => {
    const all = (await declared()).filter(([, sweeps]) => sweeps.length > 0);
    expect(Object.fromEntries(all.map(([name, sweeps]) => [name, sweeps.map((sweep) => sweep.name)]))).toEqual(FORGETTING); // prettier-ignore
    expect(all.flatMap(([, sweeps]) => sweeps.map(({ everyMs }) => everyMs))).toEqual([HOUR, HOUR]);
  });
});
