import { beforeEach, describe, expect, it } from 'vitest';
import { after } from '#kernel/clock.ts';
import { BOOKKEEPING_MS } from '#kernel/personal-data.ts';
import { ok, refuse } from '#kernel/result.ts';
import { CANCEL, historyOf, orderOf, placed } from '#order/test/order.mother.ts';
import type { Proof } from '../domain/proof.ts';
import type { OrderQueries } from '../ports/order-queries.ts';
import { emptyFile, type StaffFile } from '../domain/staff-file.ts';
import type { ProofRepository } from '../ports/proofs.ts';
import type { StaffFileRepository } from '../ports/staff-files.ts';
import { makePersonalData } from './personal-data.ts';
import type { ReturnWords } from './return-words.ts';

const PERSON = { userId: 'u-1' };
const ended = (placedAt: string) => orderOf(historyOf(placed({ placedAt }), CANCEL));
const open = (placedAt: string) => orderOf([placed({ placedAt })]);
const [OLDEST, OLD, NEW] = [
  '2020-01-01T00:00:00.000Z',
  '2021-01-01T00:00:00.000Z',
  '2022-01-01T00:00:00.000Z',
];
const keptUntil = (placedAt: string): string => after(new Date(placedAt), BOOKKEEPING_MS).toISOString();

/** Two pages. */
const page: OrderQueries['page'] = ({ cursor }) =>
  Promise.resolve(
    ok(
      cursor === undefined
        ? { items: [ended(OLD), ended(NEW)], next: 'second' }
        : { items: [ended(OLDEST), open(OLD)] },
    ),
  );

const PROOF: Proof = { userId: 'u-1', email: 'sam@example.com', provenAt: OLD };
const proofs: ProofRepository = {
  add: () => Promise.resolve(),
  ofEmail: () => Promise.resolve([]),
  ofUser: () => Promise.resolve([PROOF]),
  forget: () => Promise.resolve(1),
};

const NOTE = { noteId: 'n-1', text: 'Rang twice', author: { userId: 'u-9', name: 'Anna' }, at: OLD };
let noted: StaffFile[] = [];
beforeEach(() => {
  noted = [{ ...emptyFile('o-1'), version: 1, notes: [NOTE] }];
});
const files: StaffFileRepository = {
  find: () => Promise.resolve(undefined),
  findAll: () => Promise.resolve(new Map(noted.map((file) => [file.orderId, file]))),
  save: (file) => {
    noted = [file];
    return Promise.resolve();
  },
};

const words: ReturnWords = { of: () => Promise.resolve([]), forget: () => Promise.resolve(1) };

const personalData = (read: OrderQueries['page']) =>
  makePersonalData({ page: read }, { run: (work) => work({ proofs, files }) }, words);

describe('the orders of a person who is erased', () => {
  it('are kept on every page: those that ended until the newest may go, apart from open ones', async () => {
    expect(await personalData(page).erase(PERSON)).toEqual({
      isDone: true,
      erased: [
        { kind: 'proven_addresses', count: 1 },
        { kind: 'notes_of_staff', count: 1 },
        { kind: 'words_about_returns', count: 2 },
      ],
      kept: [
        { kind: 'orders', reason: 'bookkeeping', count: 3, until: keptUntil(NEW) },
        { kind: 'orders', reason: 'open_order', count: 1, until: keptUntil(OLD) },
      ],
    });
  });
});

describe('an export of orders', () => {
  it('has no payment tokens', async () => {
    const { items, next } = await personalData(page).read(PERSON, undefined);
    expect([items.map(({ kind }) => kind), next]).toEqual([
      ['proven_address', 'order', 'order', 'note_of_staff'],
      'second',
    ]);
    for (const { data } of items) expect(data).not.toHaveProperty('paymentToken');
  });

  it('fails for a cursor that no page has given out', async () => {
    const refused = () => Promise.resolve(refuse('INVALID_CURSOR', 'The cursor is invalid.'));
    await expect(personalData(refused).read(PERSON, 'made up')).rejects.toThrow('The cursor is invalid.');
  });
});
