import type { Zone } from './zones.ts';

/** Price of a service to a zone, in euro cents, and its delivery time. */
export interface Rate {
  readonly base: number;
  /** Per item after the first. */
  readonly item: number;
  /** Working days. */
  readonly days: number;
}

export interface CarrierService {
  readonly id: string;
  readonly name: string;
  /** Zones that the service delivers to. */
  readonly rates: Readonly<Partial<Record<Zone, Rate>>>;
}

/** The differences between mock carriers. */
export interface CarrierProfile {
  readonly id: string;
  readonly name: string;
  readonly label: 'pdf' | 'zpl';
  /** Colour of the label's bar: red, green, blue, 0 to 1. */
  readonly colour: readonly [number, number, number];
  /** Makes a tracking number of 20 digits. */
  readonly trackingNumber: (digits: string) => string;
  readonly services: readonly CarrierService[];
}

const rate = (base: number, item: number, days: number): Rate => ({ base, item, days });

export const CARRIERS: readonly CarrierProfile[] = [
  {
    id: 'dhl',
    name: 'DHL',
    label: 'pdf',
    colour: [1, 0.8, 0],
    trackingNumber: (digits) => `JJD${digits.slice(0, 18)}`,
    services: [
      {
        id: 'parcel',
        name: 'Parcel',
        rates: {
          home: rate(499, 50, 2),
          neighbours: rate(999, 80, 4),
          europe: rate(1_399, 100, 5),
          overseas: rate(2_499, 300, 10),
        },
      },
      {
        id: 'express',
        name: 'Express',
        rates: {
          home: rate(1_290, 90, 1),
          neighbours: rate(2_490, 150, 2),
          europe: rate(2_990, 200, 2),
          overseas: rate(5_490, 600, 3),
        },
      },
    ],
  },
  {
    id: 'ups',
    name: 'UPS',
    label: 'zpl',
    colour: [0.2, 0.1, 0],
    trackingNumber: (digits) => `1Z${digits.slice(0, 16)}`,
    services: [
      {
        id: 'standard',
        name: 'Standard',
        rates: { home: rate(549, 45, 2), neighbours: rate(949, 75, 3), europe: rate(1_490, 110, 4) },
      },
      {
        id: 'saver',
        name: 'Express Saver',
        rates: {
          home: rate(1_390, 80, 1),
          neighbours: rate(2_290, 140, 2),
          europe: rate(3_090, 190, 2),
          overseas: rate(5_290, 650, 3),
        },
      },
    ],
  },
  {
    id: 'fedex',
    name: 'FedEx',
    label: 'pdf',
    colour: [0.3, 0.08, 0.55],
    trackingNumber: (digits) => digits.slice(0, 15),
    services: [
      {
        id: 'economy',
        name: 'International Economy',
        rates: { europe: rate(1_690, 120, 4), overseas: rate(2_890, 280, 7) },
      },
      {
        id: 'priority',
        name: 'International Priority',
        rates: {
          neighbours: rate(2_590, 130, 1),
          europe: rate(3_190, 180, 2),
          overseas: rate(4_990, 550, 3),
        },
      },
    ],
  },
];
