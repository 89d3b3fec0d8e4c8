/** Everything that shipping knows about one order. Each of its parcels is an attempt; a replacement is the next one. */
export interface Consignment {
  readonly orderId: string;
  readonly isPaid: boolean;
  /** The whole order was cancelled: no parcel is dispatched from now on. */
  readonly isCancelled: boolean;
  /** By attempt. */
  readonly shipments: readonly Shipment[];
}

export interface Shipment {
  readonly shipmentId: string;
  /** 1 for the first parcel of an order. */
  readonly attempt: number;
  readonly status: ShipmentStatus;
  readonly handling: Handling;
  /** The number of the last instruction of staff; 0 without any. */
  readonly instruction: number;
  /** The number of the last correction of its address; 0 without any. */
  readonly correction: number;
  /** Where it is to go, if that was corrected before the order arrived. */
  readonly address: Address | undefined;
  /** Absent if it was cancelled before the order arrived. */
  readonly parcel: Parcel | undefined;
  /** Present once it is dispatched. */
  readonly label: Label | undefined;
  /** The carrier's reports, each status once. */
  readonly history: readonly Tracked[];
}

/** When a parcel is dispatched: after the usual delay, not before staff release it, or at once. */
export type Handling = 'scheduled' | 'held' | 'now';

export const CARRIER_STATUSES = ['in_transit', 'out_for_delivery', 'delivered', 'lost', 'returned'] as const;
export type CarrierStatus = (typeof CARRIER_STATUSES)[number];

/**
 * `waiting` for the payment; `scheduled` until the dispatch delay is over; `labelling`: a label may already be bought,
 * so that it is too late to cancel.
 */
export const SHIPMENT_STATUSES = [
  'waiting',
  'scheduled',
  'labelling',
  'dispatched',
  'cancelled',
  ...CARRIER_STATUSES,
] as const;
export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];

/** Nothing more happens to such parcels. */
export const ENDED: readonly ShipmentStatus[] = ['cancelled', 'delivered', 'lost', 'returned'];

/** States in which the carrier reports on the parcel. */
export const UNDER_WAY: readonly ShipmentStatus[] = ['dispatched', 'in_transit', 'out_for_delivery'];

/** Contents and recipient, copied from the order. */
export interface Parcel {
  readonly customer: Customer;
  readonly items: readonly Item[];
  /** `dhl:express`: carrier and service, as in the quotes. */
  readonly optionId: string;
  readonly carrier: string;
  readonly service: string;
  readonly address: Address;
}

export interface Customer {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

export interface Item {
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
}

export interface Address {
  readonly recipient: string;
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly region?: string;
  /** Empty if the country has none. */
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone?: string;
}

export interface Label {
  readonly trackingNumber: string;
  /** A date, 2026-03-04. */
  readonly estimatedDelivery: string;
  readonly boughtAt: Date;
}

export interface Tracked {
  readonly status: CarrierStatus;
  readonly description: string;
  readonly occurredAt: Date;
}

/** Without name, e-mail address and address, for when claims have expired. The country stays, for statistics. */
export const withoutPeople = (parcel: Parcel): Parcel => ({
  ...parcel,
  customer: { userId: NOBODY, email: '', name: '' },
  address: { recipient: '', line1: '', city: '', postalCode: '', country: parcel.address.country },
});

/** The user ID in parcels that no longer name their customer. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** `dhl:express` → `dhl`. */
export const carrierIdOf = (optionId: string): string => optionId.replace(/:.*$/, '');

export const itemCountOf = ({ items }: Parcel): number =>
  items.reduce((total, { quantity }) => total + quantity, 0);

export const shipmentOf = (consignment: Consignment | undefined, attempt: number): Shipment | undefined =>
  consignment?.shipments.find((shipment) => shipment.attempt === attempt);
