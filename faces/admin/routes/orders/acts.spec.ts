import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'http://localhost' });
const { assigneesOf, memberOf, outcomeOf } = await import('./acts.ts');

const ORDERS = [
  { order_id: 'a', number: 'AAAA-AAAA' },
  { order_id: 'b', number: 'BBBB-BBBB' },
  { order_id: 'c', number: 'CCCC-CCCC' },
];

describe('the outcome of what was done to several orders', () => {
  it('names those that were refused, and why', () => {
    const items = [
      { order_id: 'c', status: 'done' as const },
      { order_id: 'b', status: 'refused' as const, code: 'ORDER_NOT_CANCELLABLE', detail: 'On its way.' },
      { order_id: 'a', status: 'done' as const },
    ];
    expect(outcomeOf(ORDERS, { items })).toEqual({
      done: 2,
      refused: [{ orderId: 'b', number: 'BBBB-BBBB', code: 'ORDER_NOT_CANCELLABLE', detail: 'On its way.' }],
    });
  });

  it('counts an order without a result as refused', () => {
    const { done, refused } = outcomeOf(ORDERS, { items: [{ order_id: 'a', status: 'done' }] });
    expect([done, refused.map(({ orderId }) => orderId)]).toEqual([1, ['b', 'c']]);
  });
});

describe('the user as a member of staff', () => {
  const user = { user_id: 'u', email: 'anna@example.com' };

  it('has a full name, or else the e-mail address', () => {
    expect(memberOf({ user: { ...user, first_name: 'Anna', last_name: 'Adams' } }).name).toBe('Anna Adams');
    expect(memberOf({ user: { ...user, first_name: 'Anna', last_name: '' } }).name).toBe('Anna');
    expect(memberOf({ user: { ...user, first_name: '', last_name: '' } }).name).toBe('anna@example.com');
  });
});

describe('the members of staff in a list', () => {
  it('are the user, then the others by name, each once', () => {
    const [me, anna, zoe] = [
      { user_id: 'm', name: 'Me' },
      { user_id: 'a', name: 'Anna' },
      { user_id: 'z', name: 'Zoe' },
    ];
    const orders = [zoe, anna, { user_id: 'm', name: 'Max' }, zoe].map((assignee) => ({ assignee }));
    expect(assigneesOf([...orders, {}], me)).toEqual([me, anna, zoe]);
  });
});
