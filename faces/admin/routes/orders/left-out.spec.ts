import { expect, it } from 'vitest';
import { leftOutOf } from './left-out.ts';

const ORDERS = ['A', 'B', 'C', 'D'].map((number) => ({ number }));

it.each([
  ['', []],
  ['no-label=(1 3)', ['B no-label', 'D no-label']],
  ['not-pdf=(0), no-label=(2)', ['C no-label', 'A not-pdf']],
  ['no-label=(9)', []],
  ['no-label=(), other=(1)', []],
])('orders that “%s” leaves out are %j', (header, expected) => {
  expect(leftOutOf(ORDERS, header).map(({ number, reason }) => `${number} ${reason}`)).toEqual(expected);
});
