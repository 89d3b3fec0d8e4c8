import type { Toolbox } from '#adapters/service/module.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import { causeOf, type EventEnvelope, type EventPayloads, type EventType } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { CarryOut } from '../../core/application/carry-out.ts';
import type { Command } from '../../core/domain/commands.ts';
import type { Parcel } from '../../core/domain/consignment.ts';
import type { ShippingTx } from '../../core/ports/shipping-tx.ts';

/** An order goes out when it is confirmed and paid, unless it is cancelled; in whichever order one hears of it. */
export const makeShippingConsumer = (
  toolbox: Pick<Toolbox, 'logger' | 'metrics' | 'ids'>,
  unitOfWork: UnitOfWork<ShippingTx>,
  carryOut: CarryOut,
): Subscription => {
  const { ids } = toolbox;
  const commanding =
    <T extends EventType>(toCommand: (payload: EventPayloads[T]) => Command) =>
    async (
      tx: ShippingTx,
      events: readonly (EventEnvelope<T> & { readonly payload: { readonly order_id: string } })[],
    ): Promise<void> => {
      await carryOut(
        tx,
        events.map((event) => ({
          orderId: event.payload.order_id,
          command: toCommand(event.payload),
          cause: causeOf(event),
        })),
      );
    };
  return makeConsumer(toolbox, unitOfWork, 'shipping', {
    'order.confirmed': commanding<'order.confirmed'>((payload) => ({
      type: 'confirm',
      attempt: payload.attempt,
      shipmentId: ids.next(),
      parcel: toParcel(payload),
    })),
    'payment.successful': commanding<'payment.successful'>(() => ({ type: 'pay' })),
    'order.cancel_requested': commanding<'order.cancel_requested'>(({ attempt }) => ({
      type: 'request_cancel',
      attempt,
      shipmentId: ids.next(),
    })),
    'order.cancelled': commanding<'order.cancelled'>(() => ({ type: 'cancel_order' })),
  });
};

const toParcel = ({
  customer,
  items,
  shipping,
  shipping_address: { postal_code: postalCode, ...address },
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
  address: { ...address, postalCode },
});
