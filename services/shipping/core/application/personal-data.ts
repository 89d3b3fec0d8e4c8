import { after, type Clock } from '#kernel/clock.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { CLAIMS_MS, countsOf, type PersonalData } from '#kernel/personal-data.ts';
import { ENDED } from '../domain/consignment.ts';
import type { ParcelArchive, ParcelSent, ShippingQueries } from '../ports/shipping-queries.ts';

const PAGE = 100;
const TIME_DIGITS = 12;

/** When it was created: the time in its UUIDv7. */
const createdAt = (shipmentId: string): Date =>
  new Date(Number.parseInt(shipmentId.replaceAll('-', '').slice(0, TIME_DIGITS), 16));

/** Shipments with a lower ID were created before. */
export const idAt = (time: Date): string => uuidv7(time.getTime(), new Uint8Array(10));

const shown = ({ orderId, shipmentId, status, parcel, label, history }: ParcelSent) => ({
  orderId,
  shipmentId,
  status,
  carrier: parcel?.carrier,
  service: parcel?.service,
  customer: parcel?.customer,
  address: parcel?.address,
  trackingNumber: label?.trackingNumber,
  history,
});

/**
 * Names and addresses stay until the parcel has ended and claims have expired, when `forgetPeople` removes them,
 * whether or not the customer asks for it.
 */
export const makePersonalData = (queries: ShippingQueries): PersonalData => ({
  read: async ({ userId }, cursor) => {
    const found = await queries.ofUser(userId, PAGE, cursor);
    const next = found.length === PAGE ? found.at(-1)?.shipmentId : undefined;
    return { items: found.map((sent) => ({ kind: 'shipment', data: shown(sent) })), next };
  },
  erase: async ({ userId }) => {
    let [open, ended] = [0, 0];
    let latest = idAt(new Date(0));
    for (let last: string | undefined; ;) {
      const found = await queries.ofUser(userId, PAGE, last);
      for (const { status, shipmentId } of found) {
        if (ENDED.includes(status)) {
          ended += 1;
          latest = shipmentId;
        } else open += 1;
      }
      last = found.at(-1)?.shipmentId;
      if (found.length < PAGE) break;
    }
    return {
      isDone: true,
      erased: [],
      kept: countsOf(
        { kind: 'shipments', count: open, reason: 'open_order' },
        {
          kind: 'shipments',
          count: ended,
          reason: 'claims',
          until: after(createdAt(latest), CLAIMS_MS).toISOString(),
        },
      ),
    };
  },
});

/** Removes names and addresses from parcels about which claims have expired. */
export const makeForgetPeople = (archive: ParcelArchive, clock: Clock) => (): Promise<void> =>
  archive.forgetPeople(after(clock.now(), -CLAIMS_MS));
