import { ok, refuse, type Result } from '#kernel/result.ts';
import type { ReturnCommand, ReturnRefusal } from './commands.ts';
import type { ReturnEvent, ReturnFact } from './events.ts';
import { unitsOf, type Offer, type Return, type ReturnState } from './return.ts';

type Act = Exclude<
  ReturnCommand['type'],
  'request' | 'settle' | 'offer' | 'expire-offer' | 'confirm-exchange' | 'undo-exchange' | 'forget-words'
>;

/** The states in which people can do something, and the state that it leads to, where repeating it changes nothing. */
export const ACTS: Readonly<
  Record<Act, { readonly from: readonly ReturnState[]; readonly to: ReturnState }>
> = {
  cancel: { from: ['requested', 'approved'], to: 'cancelled' },
  approve: { from: ['requested'], to: 'approved' },
  // Also goods that turn out not to be as they must be.
  reject: { from: ['requested', 'approved', 'received', 'inspected', 'awaiting_payment'], to: 'rejected' },
  // The parcel may be there before anyone has approved it.
  receive: { from: ['requested', 'approved'], to: 'received' },
  inspect: { from: ['received'], to: 'inspected' },
  refund: { from: ['inspected', 'awaiting_payment'], to: 'refunding' },
  exchange: { from: ['inspected', 'awaiting_payment'], to: 'exchanging' },
  pay: { from: ['awaiting_payment'], to: 'exchanging' },
};

/** Decides `command`: events, or a refusal of an impossible request. */
export const decideReturn = (
  command: ReturnCommand,
  state: Return | undefined,
  now: Date,
): Result<readonly ReturnEvent[], ReturnRefusal> => {
  const facts = factsOf(command, state, now);
  const by = { at: now.toISOString(), actor: command.actor };
  return facts.ok ? ok(facts.value.map((fact) => ({ ...fact, ...by }))) : facts;
};

const NOTHING = ok([]);

const factsOf = (
  command: ReturnCommand,
  state: Return | undefined,
  now: Date,
): Result<readonly ReturnFact[], ReturnRefusal> => {
  if (command.type === 'request') {
    const { actor: _, type: __, ...requested } = command;
    return ok(state ? [] : [{ type: 'requested', ...requested }]);
  }
  if (!state) return refuse('RETURN_NOT_FOUND', 'There is no such return.');
  if (command.type === 'forget-words')
    return Object.keys(state.words).length === 0 ? NOTHING : ok([{ type: 'words-forgotten' }]);
  if (command.type === 'settle') {
    const { amountMinor } = command;
    return state.state === 'refunding' ? ok([{ type: 'refunded', amountMinor }]) : NOTHING;
  }
  if (command.type === 'confirm-exchange')
    return state.state === 'exchanging' ? ok([{ type: 'exchanged' }]) : NOTHING;
  if (command.type === 'undo-exchange')
    return state.state === 'exchanging' || state.state === 'exchanged'
      ? ok([
          {
            type: 'exchange-failed',
            reason: command.reason,
            isPayable: command.isPaymentRefused && isOffered(state, now),
          },
        ])
      : NOTHING;
  if (command.type === 'expire-offer')
    return state.state === 'awaiting_payment' && !isOffered(state, now)
      ? ok([{ type: 'offer-expired' }])
      : NOTHING;
  if (command.type === 'offer') {
    const { offer } = command;
    if (state.state === 'awaiting_payment' && isSameOffer(offer, state.offer)) return NOTHING;
    return ACTS.exchange.from.includes(state.state) ? ok([{ type: 'offered', offer }]) : wrongState(state);
  }
  const { from, to } = ACTS[command.type];
  if (state.state === to) return NOTHING;
  if (!from.includes(state.state) || (command.type === 'pay' && !isOffered(state, now)))
    return wrongState(state);
  switch (command.type) {
    case 'cancel':
      return ok([{ type: 'cancelled' }]);
    case 'approve':
      return ok([{ type: 'approved', instructions: command.instructions }]);
    case 'reject':
      return ok([{ type: 'rejected', reason: command.reason }]);
    case 'receive': {
      const { lines } = command;
      const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      if (units === 0)
        return refuse('INVALID_RETURN_LINE', 'Not one unit came back; reject the return instead.');
      return withinLines(lines, ({ quantity }) => quantity, state) ?? ok([{ type: 'received', lines }]);
    }
    case 'inspect': {
      const { lines } = command;
      return withinLines(lines, ({ restock }) => restock, state) ?? ok([{ type: 'inspected', lines }]);
    }
    case 'refund':
      return ok([{ type: 'refunding', amountMinor: command.amountMinor }]);
    case 'exchange':
    case 'pay': {
      const { orderId, differences } = command;
      return ok([{ type: 'exchanging', orderId, differences, isPaid: command.type === 'pay' }]);
    }
  }
};

const wrongState = ({ state }: Return): Result<never, ReturnRefusal> =>
  refuse('RETURN_STATE', `The return is ${state}; it is too early or too late for that.`);

const isOffered = ({ offer }: Return, now: Date): boolean =>
  offer !== undefined && new Date(offer.until) > now;

/** Whatever time is left: repeating an offer does not prolong it. */
const isSameOffer = (one: Offer, other: Offer | undefined): boolean =>
  one.dueMinor === other?.dueMinor && goodsIn(one) === goodsIn(other);

/** As text, whatever the order in which a store keeps their fields. */
const goodsIn = ({ instead }: Offer): string =>
  JSON.stringify(instead.map(({ variantId, goods }) => [variantId, goods.variantId, goods.priceMinor]));

/** A refusal unless each line is one of the return, named once and with no more units than it has. */
const withinLines = <Line extends { readonly variantId: string }>(
  lines: readonly Line[],
  unitsIn: (line: Line) => number,
  state: Return,
): Result<never, ReturnRefusal> | undefined => {
  const named = new Set(lines.map(({ variantId }) => variantId));
  if (named.size < lines.length) return refuse('INVALID_RETURN_LINE', 'A line is named twice.');
  for (const line of lines) {
    const most = state.lines.find(({ variantId }) => variantId === line.variantId);
    if (!most || unitsIn(line) > unitsOf(most))
      return refuse(
        'INVALID_RETURN_LINE',
        `The return has ${most ? unitsOf(most) : 0} units of ${line.variantId}.`,
      );
  }
  return undefined;
};
