import { after, type Clock } from '#kernel/clock.ts';
import { BOOKKEEPING_MS, countsOf, type KeptRecords, type PersonalData } from '#kernel/personal-data.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { isFinal } from '../domain/order-state.ts';
import type { Order } from '../domain/order.ts';
import { withoutNotes } from '../domain/staff-file.ts';
import type { OrderArchive, OrderQueries } from '../ports/order-queries.ts';
import type { OrderTx } from '../ports/order-tx.ts';
import type { ReturnWords } from './return-words.ts';

const PAGE = 100;

const pageOf = async (queries: Pick<OrderQueries, 'page'>, userId: string, cursor: string | undefined) => {
  const page = await queries.page({ userId, limit: PAGE, cursor });
  if (!page.ok) throw new Error(page.error.detail);
  return page.value;
};

/** The payment token is worthless, and no one's but the gateway's. */
const shown = ({ paymentToken: _, ...order }: Order) => order;

const keptUntil = ({ placedAt }: Pick<Order, 'placedAt'>): Date => after(new Date(placedAt), BOOKKEEPING_MS);

/**
 * Orders are invoices: all of them stay until `forgetOld` deletes them. Which addresses the user has proved, the notes that staff
 * have written, and what was written about returns, are forgotten.
 */
export const makePersonalData = (
  queries: Pick<OrderQueries, 'page'>,
  unitOfWork: UnitOfWork<Pick<OrderTx, 'proofs' | 'files'>>,
  words: ReturnWords,
): PersonalData => {
  /** @returns the number of notes */
  const forgetNotes = (orderIds: readonly string[]): Promise<number> =>
    unitOfWork.run(async ({ files }) => {
      const noted = [...(await files.findAll(orderIds)).values()].filter(({ notes }) => notes.length > 0);
      for (const file of noted) await files.save(withoutNotes(file));
      return noted.reduce((count, { notes }) => count + notes.length, 0);
    });

  return {
    read: async ({ userId }, cursor) => {
      const { items, next } = await pageOf(queries, userId, cursor);
      const { proofs, files } = await unitOfWork.run(async (tx) => ({
        proofs: cursor === undefined ? await tx.proofs.ofUser(userId) : [],
        files: await tx.files.findAll(items.map(({ orderId }) => orderId)),
      }));
      const returns = await words.of(items);
      return {
        items: [
          ...proofs.map((proof) => ({ kind: 'proven_address', data: { ...proof } })),
          ...items.map((order) => ({ kind: 'order', data: shown(order) })),
          ...returns.map((one) => ({ kind: 'return', data: { ...one } })),
          ...[...files.values()].flatMap(({ orderId, notes }) =>
            notes.map(({ text, at }) => ({ kind: 'note_of_staff', data: { orderId, text, at } })),
          ),
        ],
        next,
      };
    },
    erase: async ({ userId }) => {
      const kept = new Map<KeptRecords['reason'], { count: number; until: string }>();
      let [notes, worded] = [0, 0];
      for (let cursor: string | undefined; ;) {
        const { items, next } = await pageOf(queries, userId, cursor);
        notes += await forgetNotes(items.map(({ orderId }) => orderId));
        worded += await words.forget(items);
        for (const order of items) {
          const reason = isFinal(order) ? 'bookkeeping' : 'open_order';
          const until = keptUntil(order).toISOString();
          const before = kept.get(reason);
          kept.set(reason, {
            count: (before?.count ?? 0) + 1,
            until: before !== undefined && before.until > until ? before.until : until,
          });
        }
        if (next === undefined) break;
        cursor = next;
      }
      const forgotten = await unitOfWork.run((tx) => tx.proofs.forget(userId));
      return {
        isDone: true,
        erased: countsOf(
          { kind: 'proven_addresses', count: forgotten },
          { kind: 'notes_of_staff', count: notes },
          { kind: 'words_about_returns', count: worded },
        ),
        kept: [...kept].map(([reason, some]) => ({ kind: 'orders', reason, ...some })),
      };
    },
  };
};

/** Deletes orders that have ended and are too old for bookkeeping. */
export const makeForgetOld = (archive: OrderArchive, clock: Clock) => (): Promise<void> =>
  archive.forgetBefore(after(clock.now(), -BOOKKEEPING_MS));
