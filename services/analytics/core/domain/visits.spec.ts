import { describe, expect, it } from 'vitest';
import { HOUR } from '#kernel/clock.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { START } from '#test/kit/start.ts';
import {
  addFunnels,
  addSources,
  funnelOf,
  funnelsIn,
  sourcesOf,
  visitsIn,
  type VisitFact,
} from './visits.ts';
import type { SourceKind } from './source.ts';

const after = (ms: number): Date => new Date(START.getTime() + ms);
const visitAt = (ms: number): string => uuidv7(after(ms).getTime(), new Uint8Array(10));
const DAY = { bounds: [START, after(24 * HOUR)] };

const viewed = (sessionId: string, source?: SourceKind): VisitFact => ({
  factId: `${sessionId} ${source}`,
  at: START,
  kind: 'views',
  productId: 'lamp',
  views: 1,
  sessionId,
  source,
});
const ordered = (sessionId: string, orderId?: string): VisitFact => ({
  factId: `${sessionId} order`,
  at: START,
  kind: 'step',
  sessionId,
  step: 'order',
  orderId,
});
const isPaid = (orderId: string): boolean => orderId === 'paid';

describe('a visit', () => {
  it('came as far as its farthest fact, and was paid if its order was', () => {
    const [one, two, three] = [visitAt(0), visitAt(1), visitAt(2)];
    const facts = [viewed(one), ordered(one, 'paid'), ordered(two, 'cancelled'), ordered(three)];
    expect(funnelOf(visitsIn(facts, isPaid))).toEqual({
      visits: 3,
      views: 3,
      carts: 3,
      checkouts: 3,
      orders: 3,
      paid: 1,
    });
  });

  it('is left out if its ID does not say when it began', () => {
    expect(visitsIn([viewed('0190a000-0000-4000-8000-00000000ab01')], isPaid)).toEqual([]);
  });

  it('counts when it began, and not at all outside the period', () => {
    const facts = [viewed(visitAt(HOUR)), viewed(visitAt(-HOUR))];
    expect(funnelsIn(visitsIn(facts, isPaid), DAY)).toMatchObject([{ bucket: 0, visits: 1, views: 1 }]);
  });

  it('counts for each source that it had, and for none if it had none', () => {
    const [one, two] = [visitAt(0), visitAt(1)];
    const facts = [viewed(one, 'search'), viewed(one, 'category'), ordered(one, 'paid'), viewed(two, 'search'), viewed(visitAt(2))]; // prettier-ignore
    expect(sourcesOf(visitsIn(facts, isPaid))).toEqual([
      { source: 'search', visits: 2, paid: 1 },
      { source: 'category', visits: 1, paid: 1 },
    ]);
  });
});

it('the visits of a period are those of its parts, added up', () => {
  const visits = visitsIn([viewed(visitAt(0), 'search'), viewed(visitAt(1), 'direct')], isPaid);
  const more = visitsIn([ordered(visitAt(2), 'paid'), viewed(visitAt(3), 'direct')], isPaid);
  const all = [...visits, ...more];
  expect(addFunnels(funnelOf(visits), funnelOf(more))).toEqual(funnelOf(all));
  expect(addSources([sourcesOf(visits), sourcesOf(more)])).toEqual(sourcesOf(all));
});
