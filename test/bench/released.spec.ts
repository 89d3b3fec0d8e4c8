import { expect, it } from 'vitest';
import type { Figure } from './figures.ts';
import { lossesSince, scoresOf } from './released.ts';

const floor = { what: 'the least', value: 100 };
const figures: readonly Figure[] = [
  { what: 'pages', value: 50, unit: '/s', floor },
  { what: 'CPU', value: 400, unit: 'ms CPU', floor },
  { what: 'memory', value: 400, unit: 'MiB' },
];

it('a release is scored by its ratios to floors, and more CPU time scores lower', () => {
  expect(scoresOf([{ name: 'all', figures }])).toEqual({ pages: 0.5, CPU: 0.25 });
});

it('a loss of 15 % is tolerated, and a larger one or a missing figure is not', () => {
  const released = { pages: 1, CPU: 1, cart: 1, orders: 1 };
  expect(lossesSince(released, { pages: 0.85, CPU: 0.84, orders: 2, fresh: 0 })).toEqual([
    'CPU: 16 % worse than in the release',
    'cart: not measured',
  ]);
});

it('without figures of a release, nothing passes', () => {
  expect(lossesSince(undefined, { pages: 1 })).toHaveLength(1);
});
