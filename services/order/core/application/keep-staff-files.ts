import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
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
type NoNote = Refusal<'NOTE_NOT_FOUND'>;

/** The result for one of several orders. */
export interface ActResult {
  readonly orderId: string;
  readonly refusal?: Refusal;
}

export const makeAddNote =
  (unitOfWork: UnitOfWork<OrderTx>, ids: Ids, clock: Clock) =>
  async (
    orderId: string,
    written: Pick<Note, 'text' | 'author' | 'mentions'>,
    key?: IdempotencyKey,
  ): Promise<Result<Note, NoOrder | TooManyNotes | NoNote | IdempotencyRefusal>> => {
    const added = await once(
      unitOfWork,
      key,
      // Only its ID is stored, so that the words are not stored twice.
      async (noteId, { files }) => (await files.find(orderId))?.notes.find((note) => note.noteId === noteId),
      async ({ orders, files }): Promise<Result<Note | undefined, NoOrder | TooManyNotes>> => {
        if (!(await orders.find([orderId])).has(orderId)) return NO_ORDER;
        const note = { noteId: ids.next(), at: clock.now().toISOString(), ...written };
        const changed = withNote((await files.find(orderId)) ?? emptyFile(orderId), note);
        if (!changed.ok) return changed;
        await files.save(changed.value);
        return ok(note);
      },
      (note) => note?.noteId,
    );
    if (!added.ok) return added;
    return added.value ? ok(added.value) : refuse('NOTE_NOT_FOUND', 'The note was removed meanwhile.');
  };

/** Has no effect if there is no such note. @param mayRemove whether the caller may remove the notes of its author */
export const makeRemoveNote =
  (unitOfWork: UnitOfWork<OrderTx>) =>
  (
    orderId: string,
    noteId: string,
    mayRemove: (author: Member) => boolean,
  ): Promise<Result<undefined, Refusal<'FORBIDDEN'>>> =>
    unitOfWork.run(async ({ files }) => {
      const file = await files.find(orderId);
      const note = file?.notes.find((one) => one.noteId === noteId);
      if (!file || !note) return ok(undefined);
      if (!mayRemove(note.author))
        return refuse('FORBIDDEN', 'Only its author or an administrator removes a note.');
      await files.save(withoutNote(file, noteId));
      return ok(undefined);
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
