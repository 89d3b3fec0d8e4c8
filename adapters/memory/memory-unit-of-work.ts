import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { retryOnConflict } from '../resilience/contention.ts';
import type { MemoryDatabase, MemoryTransaction } from './memory-database.ts';

export class MemoryUnitOfWork<Tx> implements UnitOfWork<Tx> {
  readonly #database: MemoryDatabase;
  readonly #bind: (transaction: MemoryTransaction) => Tx;

  /** @param bind makes the repositories of one unit */
  constructor(database: MemoryDatabase, bind: (transaction: MemoryTransaction) => Tx) {
    this.#database = database;
    this.#bind = bind;
  }

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return retryOnConflict(() => this.#database.transaction((transaction) => work(this.#bind(transaction))));
  }
}
