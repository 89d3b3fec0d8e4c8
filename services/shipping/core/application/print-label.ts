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

export interface PrintedLabels {
  readonly pdfs: readonly Uint8Array[];
  readonly leftOut: readonly LeftOut[];
}

/** An order that has no label, or one in another format, such as for label printers. */
export interface LeftOut {
  readonly orderId: string;
  readonly reason: 'no-label' | 'not-pdf';
}

/** The newest label of each order, as PDF; repeated orders count once. */
export const makePrintLabels =
  (printLabel: PrintLabel) =>
  async (orderIds: readonly string[]): Promise<PrintedLabels> => {
    const pdfs: Uint8Array[] = [];
    const leftOut: LeftOut[] = [];
    for (const orderId of new Set(orderIds)) {
      const printed = await printLabel(orderId);
      if (!printed.ok) leftOut.push({ orderId, reason: 'no-label' });
      else if (printed.value.type === 'application/pdf') pdfs.push(printed.value.bytes);
      else leftOut.push({ orderId, reason: 'not-pdf' });
    }
    return { pdfs, leftOut };
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
