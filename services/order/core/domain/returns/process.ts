import type { Process, Step } from '#kernel/process.ts';
import type { ReturnCommand, ReturnRefusal } from './commands.ts';
import { decideReturn } from './decide.ts';
import type { PublishedOfReturn, ReturnEvent, ReturnEventOf, ReturnPublication } from './events.ts';
import { evolveReturn, type MaybeReturn } from './evolve.ts';
import { offerTask } from '../tasks.ts';

/** The step as an integration event. */
const as =
  <Type extends keyof PublishedOfReturn>(type: Type) =>
  ({ after: state, event }: Step<MaybeReturn, ReturnEventOf<PublishedOfReturn[Type]>>) => ({
    type,
    state,
    event,
  });

/**
 * The life cycle of a return. The order keeps which units are in it, and asks payment for refunds and the inventory to restock: one unit of
 * work changes both.
 */
export const RETURN_PROCESS: Process<
  ReturnCommand,
  MaybeReturn,
  ReturnEvent,
  ReturnRefusal,
  ReturnPublication
> = {
  initial: () => undefined,
  decide: decideReturn,
  evolve: evolveReturn,
  react: {
    requested: { publish: as('return.requested') },
    approved: { publish: as('return.approved') },
    rejected: { publish: as('return.rejected') },
    received: { publish: as('return.received') },
    inspected: {},
    offered: {
      publish: as('return.payment_requested'),
      schedule: ({ after: { returnId, offer }, version }) => offer && offerTask(returnId, offer, version),
    },
    'offer-expired': {},
    refunding: {},
    refunded: { publish: as('return.refunded') },
    exchanging: {
      asks: { orders: 'place one for what is sent' },
      compensation: 'exchange-failed',
    },
    exchanged: { publish: as('return.exchanged') },
    'exchange-failed': {},
    cancelled: { publish: as('return.cancelled') },
    'words-forgotten': {},
  },
};
