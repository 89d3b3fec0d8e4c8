import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { CartTx, UnitsOfCart } from '../ports/cart-tx.ts';

export const makeUnitsOfCart = (unitOfWork: UnitOfWork<CartTx>): UnitsOfCart => {
  const last = new Map<string, Promise<void>>();
  const inTurn = <T>(cartId: string, work: () => Promise<T>): Promise<T> => {
    const mine = (last.get(cartId) ?? Promise.resolve()).then(work);
    const ended = mine.then(
      () => undefined,
      () => undefined,
    );
    last.set(cartId, ended);
    void ended.then(() => {
      if (last.get(cartId) === ended) last.delete(cartId);
    });
    return mine;
  };
  return (cartId) => ({ run: (work) => inTurn(cartId, () => unitOfWork.run(work)) });
};
