import { describe, expect, it } from 'vitest';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { makeUnitsOfCart } from '../core/application/units-of-cart.ts';
import type { CartTx } from '../core/ports/cart-tx.ts';

describe('units of a cart', () => {
  const direct: UnitOfWork<CartTx> = { run: (work) => work({} as CartTx) };
  const gate = () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { open, opened };
  };

  it('wait for each other, but not for those of other carts', async () => {
    const units = makeUnitsOfCart(direct);
    const { open, opened } = gate();
    const log: string[] = [];
    const first = units('a').run(async () => {
      await opened;
      log.push('first of a');
    });
    const second = units('a').run(async () => {
      log.push('second of a');
      return Promise.resolve();
    });
    await units('b').run(async () => {
      log.push('first of b');
      return Promise.resolve();
    });
    open();
    await Promise.all([first, second]);
    expect(log).toEqual(['first of b', 'first of a', 'second of a']);
  });

  it('continue after one that failed', async () => {
    const units = makeUnitsOfCart(direct);
    const failed = units('a').run(() => Promise.reject(new Error('broken')));
    const next = units('a').run(() => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});
