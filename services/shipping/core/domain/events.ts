import type { Label, Parcel, Tracked } from './consignment.ts';

/** What has happened to a consignment; `process.ts` says what follows. */
export type ShippingEvent = { readonly at: Date } & Happened;

type Happened =
  | { readonly type: 'paid' }
  | { readonly type: 'order_cancelled' }
  | ({ readonly type: 'confirmed'; readonly shipmentId: string; readonly parcel: Parcel } & OfShipment)
  | ({ readonly type: 'scheduled' } & OfShipment)
  /** `wasAsked`: somebody waits for the answer. `wasScheduled`: its dispatch is promised. */
  | ({
      readonly type: 'called_off';
      readonly shipmentId: string;
      readonly wasAsked: boolean;
      readonly wasScheduled: boolean;
    } & OfShipment)
  | ({ readonly type: 'labelling_begun' } & OfShipment)
  | ({ readonly type: 'dispatched'; readonly label: Label } & OfShipment)
  /** The label came after the cancel. */
  | ({ readonly type: 'label_discarded'; readonly label: Label } & OfShipment)
  | ({ readonly type: 'moved'; readonly news: Tracked } & OfShipment);

interface OfShipment {
  readonly attempt: number;
}

/** What other services hear. */
export type Publication = { readonly orderId: string; readonly shipmentId: string } & OfShipment &
  (
    | { readonly type: 'shipment.cancelled'; readonly at: Date }
    | {
        readonly type: 'shipment.created';
        readonly parcel: Parcel;
        readonly label: Label;
        readonly at: Date;
      }
    | { readonly type: 'shipment.status_updated'; readonly news: Tracked }
  );
