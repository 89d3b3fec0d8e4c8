import {
  MemoryDatabase,
  type MemoryTables,
  type MemoryTransaction,
} from '#adapters/memory/memory-database.ts';
import { after } from '#kernel/clock.ts';
import type { CardToken, Change, ChangeWish, GatewayStore, Operation } from './store.ts';

interface Hold {
  readonly minor: number;
  readonly refusesCapture: boolean;
  readonly refusesRefund: boolean;
  readonly captured: number;
  readonly refunded: number;
  readonly voided: boolean;
  readonly operation: Operation;
}

const tokensOf = (tables: MemoryTables) => tables.table<CardToken>('tokens');
const holdsOf = (tables: MemoryTables) => tables.table<Hold>('holds');
const operationsOf = (tables: MemoryTables) => tables.table<Operation>('operations');

/** The hold after the change; undefined when that is not possible. */
const changed = (kind: Change, hold: Hold, minor: number): Hold | undefined => {
  const isOpen = !hold.voided && hold.captured === 0;
  switch (kind) {
    case 'capture':
      return isOpen && !hold.refusesCapture && minor <= hold.minor ? { ...hold, captured: minor } : undefined;
    case 'void':
      return isOpen ? { ...hold, voided: true } : undefined;
    case 'refund':
      return !hold.refusesRefund && hold.refunded + minor <= hold.captured
        ? { ...hold, refunded: hold.refunded + minor }
        : undefined;
  }
};

export const memoryGatewayStore = (): GatewayStore => {
  const database = new MemoryDatabase();
  /** Each wish in turn, unless its key was used before. */
  const each = <Wish extends { readonly key: string }>(
    wishes: readonly Wish[],
    make: (tx: MemoryTransaction, wish: Wish) => Operation,
  ): Promise<readonly Operation[]> =>
    database.transaction(async (tx) => {
      const operations = wishes.map((wish) => {
        const known = operationsOf(tx).get(wish.key);
        const operation = known ? { ...known, calls: known.calls + 1 } : make(tx, wish);
        operationsOf(tx).put(operation.key, operation);
        return operation;
      });
      return Promise.resolve(operations);
    });

  const makeChange = (kind: Change, now: Date) => (tx: MemoryTransaction, wish: ChangeWish) => {
    const hold = holdsOf(tx).get(wish.hold);
    const done = hold && changed(kind, hold, wish.minor);
    if (done) holdsOf(tx).put(wish.hold, done);
    return {
      key: wish.key,
      reason: done ? undefined : `${kind}_refused`,
      hold: wish.hold,
      card: hold?.operation.card,
      readyAt: now,
      calls: 1,
      losesAnswers: hold?.operation.losesAnswers ?? false,
    };
  };

  return {
    addToken: (token) =>
      database.transaction(async (tx) => {
        tokensOf(tx).put(token.token, token);
        await Promise.resolve();
      }),
    authorize: (wishes, now) =>
      each(wishes, (tx, { key, hold, token, minor }) => {
        const used = tokensOf(tx).get(token);
        tokensOf(tx).delete(token);
        const operation = {
          key,
          reason: used ? used.manner.declines : 'invalid_token',
          hold,
          card: used?.card,
          readyAt: after(now, used?.manner.slowMs ?? 0),
          calls: 1,
          losesAnswers: used?.manner.losesAnswers ?? false,
        };
        if (operation.reason === undefined) {
          const { refusesCapture = false, refusesRefund = false } = used?.manner ?? {};
          holdsOf(tx).put(hold, {
            minor,
            refusesCapture,
            refusesRefund,
            captured: 0,
            refunded: 0,
            voided: false,
            operation,
          });
        }
        return operation;
      }),
    change: (kind, wishes, now) => each(wishes, makeChange(kind, now)),
    find: (key) => Promise.resolve(operationsOf(database.committed).get(key)),
  };
};
