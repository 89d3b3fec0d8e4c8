import { latin } from './latin.ts';
import type { CarrierParcel } from './parcel.ts';

/** The sender's address. */
export const SENDER = ['Shop Warehouse', 'Hafenstrasse 1', '20457 Hamburg', 'DE'] as const;

/** The recipient's lines on the label, in Latin letters. */
export const receiverLines = ({ address }: Pick<CarrierParcel, 'address'>): readonly string[] => {
  const { recipient, line1, line2, city, region, postalCode, country } = address;
  const place = given(postalCode, city, region).join(' ');
  return given(recipient, line1, line2, place, country).map(latin);
};

const given = (...texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text): text is string => text !== undefined && text !== '');
