import type { Address, Handling, Label, Parcel, Tracked } from './consignment.ts';

/** Events of a consignment; `process.ts` has their consequences. */
export type ShippingEvent = { readonly at: Date } & Happened;

type Happened =
  | { readonly type: 'paid' }
  | { readonly type: 'order_cancelled' }
  | ({ readonly type: 'confirmed'; readonly shipmentId: string; readonly parcel: Parcel } & OfShipment)
  | ({ readonly type: 'scheduled' } & OfShipment)
  /** `wasAsked`: the order waits for the response. `wasScheduled`: its dispatch was scheduled. */
  | ({
      readonly type: 'called_off';
      readonly shipmentId: string;
      readonly wasAsked: boolean;
      readonly wasScheduled: boolean;
    } & OfShipment)
  | ({
      readonly type: 'instructed';
      readonly shipmentId: string;
      readonly handling: Handling;
      readonly instruction: number;
    } & OfShipment)
  | ({
      readonly type: 'readdressed';
      readonly shipmentId: string;
      readonly address: Address;
      readonly correction: number;
    } & OfShipment)
  | ({ readonly type: 'labelling_begun' } & OfShipment)
  | ({ readonly type: 'dispatched'; readonly label: Label } & OfShipment)
  /** The label arrived after the cancellation. */
  | ({ readonly type: 'label_discarded'; readonly label: Label } & OfShipment)
  | ({ readonly type: 'moved'; readonly news: Tracked } & OfShipment);

interface OfShipment {
  readonly attempt: number;
}

/** Integration events. */
export type Publication = { readonly orderId: string; readonly shipmentId: string } & OfShipment &
  (
    | { readonly type: 'shipment.cancelled'; readonly at: Date }
    | { readonly type: 'shipment.held'; readonly instruction: number; readonly at: Date }
    | { readonly type: 'shipment.readdressed'; readonly correction: number; readonly at: Date }
    | {
        readonly type: 'shipment.created';
        readonly parcel: Parcel;
        readonly label: Label;
        /** Of its address; 0 if that was never corrected. */
        readonly correction: number;
        readonly at: Date;
      }
    | { readonly type: 'shipment.status_updated'; readonly news: Tracked }
  );
