import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Cart } from '../domain/cart.ts';
import type { OrderRecord } from '../domain/ordered.ts';

/** The cart's unit of work. */
export interface CartTx extends BaseTx {
  readonly carts: CartRepository;
  readonly orders: OrderRecords;
}

/** Whole carts under an optimistic version, which any store with compare-and-set supports. */
export interface CartRepository {
  /** The carts that exist, as last saved. */
  find(cartIds: readonly string[]): Promise<ReadonlyMap<string, Cart>>;
  /** Throws `VersionConflict`, at the latest at the commit, if another unit has changed the cart since `find`. */
  save(cart: Cart): Promise<void>;
}

export interface OrderRecords {
  find(orderIds: readonly string[]): Promise<ReadonlyMap<string, OrderRecord>>;
  /** Throws `VersionConflict`, at the latest at the commit, if another unit has recorded the order meanwhile. */
  save(record: OrderRecord, now: Date): Promise<void>;
}

/** Runs units about one cart one after the other within this process, so that they do not conflict. */
export type UnitsOfCart = (cartId: string) => UnitOfWork<CartTx>;

/** Expiry of carts and orders. */
export interface CartExpiry {
  /** Empties users' carts and deletes guest carts that are expired at `now`, and deletes old orders. */
  sweep(now: Date): Promise<void>;
}
