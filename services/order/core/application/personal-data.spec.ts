import { describe, expect, it } from 'vitest';
import { after } from '#kernel/clock.ts';
import { BOOKKEEPING_MS } from '#kernel/personal-data.ts';
import { ok, refuse } from '#kernel/result.ts';
import { CANCEL, historyOf, orderOf, placed } from '#order/test/order.mother.ts';
import type { OrderQueries } from '../ports/order-queries.ts';
import { makePersonalData } from './personal-data.ts';

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

describe('the orders of a person who is erased', () => {
  it('are kept on every page: those that ended until the newest may go, apart from open ones', async () => {
    expect(await makePersonalData({ page }).erase(PERSON)).toEqual({
      isDone: true,
      erased: [],
      kept: [
        { kind: 'orders', reason: 'bookkeeping', count: 3, until: keptUntil(NEW) },
        { kind: 'orders', reason: 'open_order', count: 1, until: keptUntil(OLD) },
      ],
    });
  });
});

describe('an export of orders', () => {
  it('has no payment tokens', async () => {
    const { items, next } = await makePersonalData({ page }).read(PERSON, undefined);
    expect([items.map(({ kind }) => kind), next]).toEqual([['order', 'order'], 'second']);
    for (const { data } of items) expect(data).not.toHaveProperty('paymentToken');
  });

  it('fails for a cursor that no page has given out', async () => {
    const refused = () => Promise.resolve(refuse('INVALID_CURSOR', 'The cursor is invalid.'));
    await expect(makePersonalData({ page: refused }).read(PERSON, 'made up')).rejects.toThrow(
      'The cursor is invalid.',
    );
  });
});
