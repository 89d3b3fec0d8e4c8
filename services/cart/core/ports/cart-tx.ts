import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Cart } from '../domain/cart.ts';
import type { OrderRecord } from '../domain/ordered.ts';

/** The cart's unit of work. */
export interface CartTx extends BaseTx {
  readonly carts: CartRepository;
  readonly orders: OrderRecords;
}

/** Whole carts under an optimistic version: what any store with compare-and-set can do. */
export interface CartRepository {
  /** Those that exist, as they were last saved. */
  find(cartIds: readonly string[]): Promise<ReadonlyMap<string, Cart>>;
  /** Throws `VersionConflict`, at the latest at the commit, when somebody else has changed what `find` gave. */
  save(cart: Cart): Promise<void>;
}

export interface OrderRecords {
  find(orderIds: readonly string[]): Promise<ReadonlyMap<string, OrderRecord>>;
  /** Throws `VersionConflict`, at the latest at the commit, when somebody else has recorded the order meanwhile. */
  save(record: OrderRecord, now: Date): Promise<void>;
}

/** Units about one cart, one after the other within this process, so that they lose no races among themselves. */
export type UnitsOfCart = (cartId: string) => UnitOfWork<CartTx>;

/** What time takes away. */
export interface CartExpiry {
  /** Empties users' carts and removes guests' that have expired at `now`, and forgets old orders. */
  sweep(now: Date): Promise<void>;
}
