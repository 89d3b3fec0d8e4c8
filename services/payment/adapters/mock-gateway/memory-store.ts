import {
  MemoryDatabase,
  type MemoryTables,
  type MemoryTransaction,
} from '#adapters/memory/memory-database.ts';
import { after } from '#kernel/clock.ts';
import type { CardToken, Change, ChangeRequest, GatewayStore, Operation } from './store.ts';
import { hasExpired } from './tokenise.ts';

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

/** The hold after the change; undefined if the change is not possible. */
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
  /** Handles requests in turn; a known key gets its original response. */
  const each = <Request extends { readonly key: string }>(
    requests: readonly Request[],
    make: (tx: MemoryTransaction, request: Request) => Operation,
  ): Promise<readonly Operation[]> =>
    database.transaction(async (tx) => {
      const operations = requests.map((request) => {
        const known = operationsOf(tx).get(request.key);
        const operation = known ? { ...known, calls: known.calls + 1 } : make(tx, request);
        operationsOf(tx).put(operation.key, operation);
        return operation;
      });
      return Promise.resolve(operations);
    });

  const makeChange = (kind: Change, now: Date) => (tx: MemoryTransaction, request: ChangeRequest) => {
    const hold = holdsOf(tx).get(request.hold);
    const done = hold && changed(kind, hold, request.minor);
    if (done) holdsOf(tx).put(request.hold, done);
    return {
      key: request.key,
      reason: done ? undefined : `${kind}_refused`,
      hold: request.hold,
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
    exchange: (reusable, token, now) =>
      database.transaction(async (tx) => {
        const kept = tokensOf(tx).get(reusable);
        const isGood = kept?.isReusable === true && !hasExpired(kept.card, now);
        if (isGood) tokensOf(tx).put(token, { ...kept, token, isReusable: false });
        return Promise.resolve(isGood);
      }),
    authorize: (requests, now) =>
      each(requests, (tx, { key, hold, token, minor }) => {
        const found = tokensOf(tx).get(token);
        const used = found?.isReusable === false ? found : undefined;
        if (used) tokensOf(tx).delete(token);
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
    change: (kind, requests, now) => each(requests, makeChange(kind, now)),
    find: (key) => Promise.resolve(operationsOf(database.committed).get(key)),
  };
};
