import { describe, expect, it } from 'vitest';
import { parseContract, type Contract } from '#test/kit/pact/files.ts';
import { lostExpectations } from './pact-freeze.ts';

const question = (description: string, body: object, state = 'a variant is on sale') => ({
  type: 'Synchronous/HTTP',
  description,
  providerStates: [{ name: state }],
  request: {
    method: 'POST',
    path: '/internal/v1/offers',
    headers: { authorization: ['Bearer offers:read'] },
  },
  response: { status: 200, body: { content: body } },
});
const event = (type: string, payload: object) => ({
  type: 'Asynchronous/Messages',
  description: type,
  contents: { content: { event_type: type, payload } },
});
const contract = (...interactions: readonly object[]): Contract =>
  parseContract(JSON.stringify({ consumer: { name: 'cart' }, provider: { name: 'catalog' }, interactions }));

const OFFERS = question('for offers', { items: [{ sku: 'A-1', price: 1 }] });
const NOTHING = question('for offers', { items: [] }, 'nothing is on sale');
const DELETED = event('product.deleted', { product_id: 'p-1' });
const RELEASED = contract(OFFERS, NOTHING, DELETED);

const lostIn = (...now: readonly Contract[]): readonly string[] =>
  lostExpectations([RELEASED], now).map(({ kind, where, detail }) => `${kind} ${where} ${detail}`.trim());

describe('an obligation of a provider by the released contracts', () => {
  it.each([
    ['a question', contract(NOTHING, DELETED), 'interaction-removed cart-catalog for offers'],
    [
      'a question in one of two states',
      contract(OFFERS, DELETED),
      'interaction-removed cart-catalog for offers',
    ],
    ['an event', contract(OFFERS, NOTHING), 'interaction-removed cart-catalog product.deleted'],
    [
      'a field of an answer',
      contract(question('for offers', { items: [{ sku: 'A-1' }] }), NOTHING, DELETED),
      'expectation-removed cart-catalog for offers /response/body/content/items/0/price',
    ],
    [
      'a field of an event',
      contract(OFFERS, NOTHING, event('product.deleted', {})),
      'expectation-removed cart-catalog product.deleted /contents/content/payload/product_id',
    ],
    [
      'the scope of a question',
      contract(
        { ...OFFERS, request: { method: 'POST', path: '/internal/v1/offers', headers: {} } },
        NOTHING,
        DELETED,
      ),
      'expectation-removed cart-catalog for offers /request/headers/authorization',
    ],
  ])('is missing if it is removed from spec and file together: %s', (_, now, lost) => {
    expect(lostIn(now)).toEqual([lost]);
  });

  it('is missing if its contract is removed', () => {
    expect(lostIn()).toEqual(['contract-removed cart-catalog']);
  });

  it('is met by additional interactions, or by other examples', () => {
    const more = question('for offers', { items: [{ sku: 'B-2', price: 2, name: 'Kettle' }, {}] });
    expect(lostIn(contract(more, NOTHING, DELETED, event('product.created', {})))).toEqual([]);
  });
});
