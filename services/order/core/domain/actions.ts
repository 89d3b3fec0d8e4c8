import type { Actor } from './actor.ts';
import { openCases, RESOLUTIONS, type CaseKind, type Resolution } from './cases.ts';
import type { PersonCommand } from './commands.ts';
import { decidePersonCommand } from './decide-person-command.ts';
import { refundableUnits } from './line-refunds.ts';
import { MOST_RETURNS, returnableLines, returnableUntil, type ReturnTerms } from './returnable.ts';
import { inCurrency, type Order } from './order.ts';
import { refundableMinor, type LineUnits, type RefundWish } from './refunds.ts';

/** What a person may do with an order now, and within which limits. */
export type OrderAction =
  | { readonly action: 'cancel' | 'hold' | 'release' | 'ship' | 'change-address' }
  | {
      readonly action: 'refund';
      /** The highest amount, minor units. */
      readonly leftMinor: number;
      /** The most units of each line; lines without any are left out. */
      readonly lines: readonly LineUnits[];
      readonly shipping: boolean;
    }
  | {
      readonly action: 'resolve-case';
      readonly caseId: string;
      readonly kind: CaseKind;
      readonly resolutions: readonly Resolution[];
      readonly restock: boolean;
    }
  | {
      readonly action: 'return';
      readonly until: Date;
      /** Lines without any units are left out. */
      readonly lines: readonly LineUnits[];
    };

/** Not the key of any refund. */
const NEW = 'new';

/** Those that `decidePersonCommand` accepts and that change the order. @param isStaff whether the actor may do more than cancel */
export const actionsOf = (
  order: Order,
  actor: Actor,
  isStaff: boolean,
  terms: ReturnTerms,
): readonly OrderAction[] => {
  const changes = (command: PersonCommand): boolean => {
    const decision = decidePersonCommand(command, order);
    return decision.ok && decision.value.length > 0;
  };
  const cancel: readonly OrderAction[] = changes({ type: 'cancel', actor }) ? [{ action: 'cancel' }] : [];
  const elsewhere = { ...order.address, recipient: '' };
  const readdress: readonly OrderAction[] = changes({ type: 'change-address', address: elsewhere, actor })
    ? [{ action: 'change-address' }]
    : [];
  const own = [...cancel, ...readdress, ...returnAction(order, terms)];
  if (!isStaff) return own;

  const parcel = [
    { type: 'hold', reason: '' } as const,
    { type: 'release' } as const,
    { type: 'ship' } as const,
  ].filter((one) => changes({ ...one, actor }));

  const refundsLines = (lines: readonly LineUnits[], shipping: boolean): boolean => {
    const wish: RefundWish = { lines, shipping };
    return changes({ type: 'refund-lines', refundKey: NEW, wish, reason: '', actor });
  };
  const mostUnits = (variantId: string, atMost: number): number =>
    highest(atMost, (quantity) => refundsLines([{ variantId, quantity }], false));
  const left = refundableMinor(order);
  // All but a minor unit, while a parcel is about to be sent.
  const leftMinor = [left, left - 1].find((minor) =>
    changes({ type: 'refund', refundKey: NEW, amount: inCurrency(minor, order), reason: '', actor }),
  );
  const refund: readonly OrderAction[] =
    leftMinor === undefined || leftMinor <= 0
      ? []
      : [
          {
            action: 'refund',
            leftMinor,
            lines: order.lines
              .map((line) => ({
                variantId: line.variantId,
                quantity: mostUnits(line.variantId, refundableUnits(order, line)),
              }))
              .filter(({ quantity }) => quantity > 0),
            shipping: refundsLines([], true),
          },
        ];

  const resolutions = openCases(order).flatMap(({ caseId, kind }): readonly OrderAction[] => {
    const resolves = (resolution: Resolution, restock: boolean): boolean =>
      changes({ type: 'resolve-case', caseId, resolution, restock, actor });
    const possible = RESOLUTIONS.filter((resolution) => resolves(resolution, false));
    const restock = possible.some((resolution) => resolves(resolution, true));
    return possible.length === 0
      ? []
      : [{ action: 'resolve-case', caseId, kind, resolutions: possible, restock }];
  });
  return [...own, ...parcel.map(({ type }) => ({ action: type })), ...refund, ...resolutions];
};

const returnAction = (order: Order, { now, windowMs }: ReturnTerms): readonly OrderAction[] => {
  const until = returnableUntil(order, windowMs);
  const lines = order.returns.length < MOST_RETURNS ? returnableLines(order) : [];
  return until !== undefined && now < until && lines.length > 0 ? [{ action: 'return', until, lines }] : [];
};

/** The highest number up to `atMost` that `isPossible`, which all lower ones are then as well; 0 if none is. */
const highest = (atMost: number, isPossible: (value: number) => boolean): number => {
  let [known, limit] = [0, atMost];
  while (known < limit) {
    const tried = known === 0 && limit === atMost ? atMost : Math.ceil((known + limit) / 2);
    if (isPossible(tried)) known = tried;
    else limit = tried - 1;
  }
  return known;
};
