import { describe, expect, it } from 'vitest';
import { parseProductsView } from '../products/view.ts';
import { parseReviewsView } from '../reviews/view.ts';
import { parseStockView } from '../stock/view.ts';
import { countText, instantOf, parseOrdersView } from './view.ts';

const CUSTOMER = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f32';

describe('the view of a list in its URL', () => {
  it('is read where it is understood, and ignored otherwise', () => {
    const whole = {
      view: 'to_ship',
      q: 'sam@example.com',
      status: 'confirmed',
      payment: 'captured',
      case: 'any',
      from: '2026-03-01',
      to: '2026-03-31',
      min: 10,
      max: 99.5,
      carrier: 'DHL',
      country: 'DE',
      customer: CUSTOMER,
      tag: 'gift',
      assignee: CUSTOMER,
      sort: 'total',
      hide: 'customer.items',
      after: 'c1',
    };
    expect(parseOrdersView(whole)).toEqual(whole);
    const nonsense = {
      view: 'all',
      q: ' ',
      status: 'gone',
      payment: 1,
      case: 'none',
      from: '2026-13-01',
      to: 'tomorrow',
      min: -1,
      max: 'much',
      country: 'Germany',
      customer: 'Sam',
      tag: ' ',
      assignee: 'me',
      sort: 'newest',
      hide: 'order.secrets',
      after: '',
      other: 1,
    };
    expect(parseOrdersView(nonsense)).toEqual({});
    expect(parseProductsView({ stage: 'draft', sort: 'updated', missing: 'shoes', q: ' ' })).toEqual({
      stage: 'draft',
    });
    expect(parseReviewsView({ view: 'waiting', id: 7 })).toEqual({});
  });

  it('knows that a router reads digits as a number', () => {
    expect(parseOrdersView({ q: 4711, tag: 2026, min: '5' })).toEqual({ q: '4711', tag: '2026', min: 5 });
    expect(parseProductsView({ q: 4711 })).toEqual({ q: '4711' });
    expect(parseStockView({ q: 4711, low: true })).toEqual({ q: '4711', low: true });
  });

  it('has days of the viewer’s zone, to their end', () => {
    expect(new Date(instantOf('2026-03-31')).getHours()).toBe(0);
    expect(new Date(instantOf('2026-03-31', 1)).getDate()).toBe(1);
  });
});

describe('the count of a tab', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '999+'],
  ])('%i is shown as %s', (count, shown) => {
    expect(countText(count)).toBe(shown);
  });
});
