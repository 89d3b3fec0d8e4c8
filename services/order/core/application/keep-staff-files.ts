import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  emptyFile,
  filed,
  withNote,
  withoutNote,
  type Filing,
  type Member,
  type Note,
  type TooManyNotes,
} from '../domain/staff-file.ts';
import type { OrderTx } from '../ports/order-tx.ts';

const NO_ORDER = refuse('ORDER_NOT_FOUND', 'There is no such order.');

type NoOrder = Refusal<'ORDER_NOT_FOUND'>;

/** The result for one of several orders. */
export interface ActResult {
  readonly orderId: string;
  readonly refusal?: Refusal;
}

export const makeAddNote =
  (unitOfWork: UnitOfWork<OrderTx>, ids: Ids, clock: Clock) =>
  (orderId: string, text: string, author: Member): Promise<Result<Note, NoOrder | TooManyNotes>> =>
    unitOfWork.run(async ({ orders, files }) => {
      if (!(await orders.find([orderId])).has(orderId)) return NO_ORDER;
      const note = { noteId: ids.next(), text, author, at: clock.now().toISOString() };
      const changed = withNote((await files.find(orderId)) ?? emptyFile(orderId), note);
      if (!changed.ok) return changed;
      await files.save(changed.value);
      return ok(note);
    });

/** Has no effect if there is no such note. */
export const makeRemoveNote =
  (unitOfWork: UnitOfWork<OrderTx>) =>
  (orderId: string, noteId: string): Promise<void> =>
    unitOfWork.run(async ({ files }) => {
      const file = await files.find(orderId);
      const changed = file && withoutNote(file, noteId);
      if (changed && changed !== file) await files.save(changed);
    });

/** Orders in one unit of work. */
const CHUNK = 50;

/** Tags or assigns each of the orders; what one of them refuses does not concern the others. */
export const makeFileOrders = (unitOfWork: UnitOfWork<OrderTx>) => {
  const fileSome = (orderIds: readonly string[], filing: Filing): Promise<readonly ActResult[]> =>
    unitOfWork.run(async ({ orders, files }) => {
      const [known, before] = [await orders.find(orderIds), await files.findAll(orderIds)];
      const results: ActResult[] = [];
      for (const orderId of orderIds) {
        const file = before.get(orderId) ?? emptyFile(orderId);
        const changed = known.has(orderId) ? filed(file, filing) : NO_ORDER;
        if (changed.ok && changed.value !== file) await files.save(changed.value);
        results.push(changed.ok ? { orderId } : { orderId, refusal: changed.error });
      }
      return results;
    });

  return async (orderIds: readonly string[], filing: Filing): Promise<readonly ActResult[]> => {
    const results: ActResult[] = [];
    for (let start = 0; start < orderIds.length; start += CHUNK)
      results.push(...(await fileSome(orderIds.slice(start, start + CHUNK), filing)));
    return results;
  };
};
