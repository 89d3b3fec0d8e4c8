import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { carrierIdOf } from '../domain/consignment.ts';
import type { Carriers, PrintedLabel, ReturnPurchase } from '../ports/carrier.ts';
import type { ShippingQueries } from '../ports/shipping-queries.ts';

/** The label of an order's parcel: of the given attempt, or else the newest. */
export const makePrintLabel =
  (queries: ShippingQueries, carriers: Carriers) =>
  async (orderId: string, attempt?: number): Promise<Result<PrintedLabel, Refusal<'LABEL_NOT_FOUND'>>> => {
    const consignment = await queries.ofOrder(orderId);
    const labelled = (consignment?.shipments ?? []).filter(({ label }) => label !== undefined);
    const shipment =
      attempt === undefined ? labelled.at(-1) : labelled.find((one) => one.attempt === attempt);
    const carrier = shipment?.parcel && carriers.get(carrierIdOf(shipment.parcel.optionId));
    const printed = shipment?.label && (await carrier?.print(shipment.label.trackingNumber));
    return printed ? ok(printed) : refuse('LABEL_NOT_FOUND', 'No label was bought for this order.');
  };

/** The label of a return, the same for the same key. */
export const makePrintReturnLabel =
  (carriers: Carriers) =>
  async (purchase: ReturnPurchase): Promise<Result<PrintedLabel, Refusal<'LABEL_NOT_FOUND'>>> => {
    const carrier = carriers.get(carrierIdOf(purchase.optionId));
    return carrier
      ? ok(await carrier.returnLabel(purchase))
      : refuse('LABEL_NOT_FOUND', 'There is no such carrier any longer.');
  };

export type PrintLabel = ReturnType<typeof makePrintLabel>;
