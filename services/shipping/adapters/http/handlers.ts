import { hasRole, isUser, type Principal } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import { personalDataHandlers } from '#adapters/http/personal-data.ts';
import type { PersonalData } from '#kernel/personal-data.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/shipping.ts';
import type {
  LeftOut,
  makePrintLabels,
  makePrintReturnLabel,
  PrintLabel,
} from '../../core/application/print-label.ts';
import type { QuoteShipping } from '../../core/application/quote-shipping.ts';
import type { Consignment } from '../../core/domain/consignment.ts';
import type { ShippingQueries } from '../../core/ports/shipping-queries.ts';
import type { ShippingCode } from './errors.ts';
import { fromConsignment, fromQuote } from './mapping.ts';

export interface ShippingUseCases {
  readonly quoteShipping: QuoteShipping;
  readonly printLabel: PrintLabel;
  readonly printLabels: ReturnType<typeof makePrintLabels>;
  readonly printReturnLabel: ReturnType<typeof makePrintReturnLabel>;
  readonly joinPdfs: (files: readonly Uint8Array[]) => Promise<Uint8Array>;
  readonly queries: ShippingQueries;
  readonly personalData: PersonalData;
}

/** Customers get 404 for orders of other users. */
const maySee = (principal: Principal, { shipments }: Consignment): boolean => {
  const [owner] = shipments.flatMap(({ parcel }) => (parcel ? [parcel.customer.userId] : []));
  return owner !== undefined && (isUser(principal, owner) || hasRole(principal, 'order_manager'));
};

/** A dictionary of RFC 9651: positions in the request, by reason. IDs would make it too long for proxies. */
const leftOutHeader = (
  orderIds: readonly string[],
  leftOut: readonly LeftOut[],
): Readonly<Record<string, string>> => {
  const byReason = Map.groupBy(leftOut, ({ reason }) => reason);
  if (byReason.size === 0) return {};
  const lists = [...byReason].map(
    ([reason, orders]) => `${reason}=(${orders.map(({ orderId }) => orderIds.indexOf(orderId)).join(' ')})`,
  );
  return { 'Left-Out': lists.join(', ') };
};

export const makeHandlers = (shipping: ShippingUseCases): Handlers<operations, ShippingCode> => ({
  ...personalDataHandlers(shipping.personalData),
  trackOrder: async ({ path, principal }) => {
    const consignment = await shipping.queries.ofOrder(path.order_id);
    return consignment && maySee(principal, consignment)
      ? { status: 200, body: fromConsignment(consignment) }
      : refuse('SHIPMENT_NOT_FOUND', 'There is no shipment for this order.');
  },
  getLabel: async ({ path, query }) => {
    const printed = await shipping.printLabel(path.order_id, query.attempt);
    if (!printed.ok) return printed;
    const { type, bytes } = printed.value;
    return { status: 200, type, body: bytes };
  },
  getLabels: async ({ query }) => {
    const { pdfs, leftOut } = await shipping.printLabels(query.order_ids);
    return pdfs.length === 0
      ? refuse('LABEL_NOT_FOUND', 'None of these orders has a label as PDF.')
      : {
          status: 200,
          headers: leftOutHeader(query.order_ids, leftOut),
          type: 'application/pdf',
          body: await shipping.joinPdfs(pdfs),
        };
  },
  printReturnLabel: async ({ body }) => {
    const { postal_code: postalCode, ...from } = body.from;
    const printed = await shipping.printReturnLabel({
      key: `return:${body.return_id}`,
      optionId: body.option_id,
      reference: body.reference,
      from: { ...from, postalCode },
      to: body.to,
      itemCount: body.item_count,
    });
    return printed.ok
      ? { status: 200, body: { pdf: Buffer.from(printed.value.bytes).toString('base64') } }
      : printed;
  },
  quoteShipping: async ({ body }) => {
    const { address, item_count: itemCount, currency } = body;
    const { country, postal_code: postalCode, region } = address;
    const quotes = await shipping.quoteShipping({ country, postalCode, region, itemCount, currency });
    return { status: 200, body: { items: quotes.map(fromQuote) } };
  },
});
