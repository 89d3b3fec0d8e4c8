import { expect, it } from 'vitest';
import fc from 'fast-check';
import { RUNS } from '#test/kit/runs.ts';
import { happen, someCommands } from '#order/test/any-order.ts';
import { CUSTOMER, NOW, eur, STAFF, TERMS } from '#order/test/order.mother.ts';
import { actionsOf, type OrderAction } from './actions.ts';
import { RESOLUTIONS } from './cases.ts';
import type { OrderCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { Order } from './order.ts';

/** Whether the order accepts the command, and changes by it. */
const changes = (order: Order, command: OrderCommand): boolean => {
  const decision = decide(command, order, NOW);
  return decision.ok && decision.value.length > 0;
};

const actionIn = <Name extends OrderAction['action']>(some: readonly OrderAction[], name: Name) =>
  some.filter((one): one is Extract<OrderAction, { action: Name }> => one.action === name);

const REFUND = { refundKey: 'another', reason: 'goodwill', actor: STAFF } as const;

it('lists an action exactly if the order accepts it, with limits that are those of the order', () => {
  fc.assert(
    fc.property(someCommands, (some) => {
      const { order } = happen(some);
      const nowhere = { ...order.address, line1: 'Nowhere' };
      for (const actor of [CUSTOMER, STAFF]) {
        const own = actionsOf(order, actor, false, TERMS);
        expect(actionIn(own, 'cancel')).toHaveLength(changes(order, { type: 'cancel', actor }) ? 1 : 0);
        expect(actionIn(own, 'change-address')).toHaveLength(
          changes(order, { type: 'change-address', address: nowhere, actor }) ? 1 : 0,
        );
      }
      const others = actionsOf(order, CUSTOMER, false, TERMS).filter(
        ({ action }) => action !== 'cancel' && action !== 'change-address',
      );
      expect(others).toEqual([]);

      const actions = actionsOf(order, STAFF, true, TERMS);
      const [refund] = actionIn(actions, 'refund');
      const most = refund?.leftMinor ?? 0;
      for (const minor of [1, most - 1, most, most + 1, most + 2, order.totalMinor, order.totalMinor + 1])
        if (minor > 0)
          expect(changes(order, { ...REFUND, type: 'refund', amount: eur(minor) })).toBe(minor <= most);
      for (const { variantId, quantity } of order.lines)
        for (let units = 1; units <= quantity + 1; units += 1) {
          const wish = { lines: [{ variantId, quantity: units }], shipping: false };
          const line = refund?.lines.find((one) => one.variantId === variantId);
          expect(changes(order, { ...REFUND, type: 'refund-lines', wish })).toBe(
            units <= (line?.quantity ?? 0),
          );
        }
      const shipping = { lines: [], shipping: true };
      expect(changes(order, { ...REFUND, type: 'refund-lines', wish: shipping })).toBe(
        refund?.shipping ?? false,
      );

      const listed = actionIn(actions, 'resolve-case');
      for (const { caseId } of order.cases) {
        const mine = listed.find((one) => one.caseId === caseId);
        for (const resolution of RESOLUTIONS) {
          const command = { type: 'resolve-case', caseId, resolution, actor: STAFF } as const;
          const isListed = mine?.resolutions.includes(resolution) ?? false;
          expect(changes(order, { ...command, restock: false })).toBe(isListed);
          expect(changes(order, { ...command, restock: true })).toBe(isListed && mine?.restock === true);
        }
      }
    }),
    { numRuns: RUNS },
  );
});
