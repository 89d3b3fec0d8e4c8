import { commandHandlers, type CommandTable } from '#adapters/messaging/command-handlers.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import type { EventPayloads } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { RunConsignments } from '../../core/application/run-consignments.ts';
import type { Command } from '../../core/domain/commands.ts';
import type { Address, Parcel } from '../../core/domain/consignment.ts';
import type { ShippingTx } from '../../core/ports/shipping-tx.ts';

/** Dispatches an order once it is confirmed and paid, unless it is cancelled; the events may arrive in any order. */
const commands = (ids: Ids): CommandTable<Command> => ({
  'order.confirmed': ({ payload }) => ({
    type: 'confirm',
    attempt: payload.attempt,
    shipmentId: ids.next(),
    parcel: toParcel(payload),
  }),
  'payment.successful': () => ({ type: 'pay' }),
  'order.cancel_requested': ({ payload: { attempt } }) => ({
    type: 'request_cancel',
    attempt,
    shipmentId: ids.next(),
  }),
  'order.held': ({ payload: { attempt, instruction } }) => ({
    type: 'instruct',
    attempt,
    shipmentId: ids.next(),
    handling: 'held',
    instruction,
  }),
  'order.released': ({ payload: { attempt, instruction, dispatch } }) => ({
    type: 'instruct',
    attempt,
    shipmentId: ids.next(),
    handling: dispatch,
    instruction,
  }),
  'order.address_change_requested': ({ payload: { attempt, correction, shipping_address } }) => ({
    type: 'readdress',
    attempt,
    shipmentId: ids.next(),
    address: toAddress(shipping_address),
    correction,
  }),
  'order.cancelled': () => ({ type: 'cancel_order' }),
});

export const makeShippingConsumer = (
  toolbox: Pick<Toolbox, 'logger' | 'metrics' | 'ids'>,
  unitOfWork: UnitOfWork<ShippingTx>,
  run: RunConsignments,
): Subscription => makeConsumer(toolbox, unitOfWork, 'shipping', commandHandlers(run, commands(toolbox.ids)));

const toParcel = ({
  customer,
  items,
  shipping,
  shipping_address,
}: EventPayloads['order.confirmed']): Parcel => ({
  customer: { userId: customer.user_id, email: customer.email, name: customer.name },
  items: items.map(({ product_id, variant_id, quantity }) => ({
    productId: product_id,
    variantId: variant_id,
    quantity,
  })),
  optionId: shipping.option_id,
  carrier: shipping.carrier,
  service: shipping.service,
  address: toAddress(shipping_address),
});

const toAddress = ({
  postal_code: postalCode,
  ...address
}: EventPayloads['order.confirmed']['shipping_address']): Address => ({ ...address, postalCode });
