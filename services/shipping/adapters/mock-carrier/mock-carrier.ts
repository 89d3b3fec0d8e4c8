import { createHash } from 'node:crypto';
import { inBatches } from '#adapters/batching/in-batches.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Tracked } from '../../core/domain/consignment.ts';
import type { Carrier, Purchase, Question, Quote } from '../../core/ports/carrier.ts';
import type { CarrierProfile, CarrierService } from './carriers.ts';
import { fromEuroCents } from './currencies.ts';
import { fateOf, journeyOf, workingDaysAfter, type Chances } from './journey.ts';
import { printZpl } from './label-zpl.ts';
import type { CarrierParcel, CarrierStore, Milestone } from './parcel.ts';
import { zoneOf } from './zones.ts';

export interface MockCarrierOptions {
  /** Factor on real time; 86400 is a day per second. */
  readonly speed: number;
  readonly chances: Chances;
  readonly seed: number;
}

/** Simulates a carrier as its customers see it; its state survives restarts. */
export const makeMockCarrier = (
  profile: CarrierProfile,
  store: CarrierStore,
  clock: Clock,
  options: MockCarrierOptions,
): Carrier => {
  const keep = inBatches(
    (parcels: readonly CarrierParcel[]) => store.keep(parcels),
    ({ key }) => key,
  );
  return {
    quote: async (question) =>
      profile.services.flatMap((service) => quote(profile, service, question, clock.now())),
    buyLabel: async (purchase) => {
      const { trackingNumber, estimatedDelivery, boughtAt } = await keep(
        parcelOf(profile, purchase, options, clock.now()),
      );
      return { trackingNumber, estimatedDelivery, boughtAt: new Date(boughtAt) };
    },
    voidLabel: ({ trackingNumber }) => store.forget(trackingNumber),
    track: async (trackingNumbers) => {
      const parcels = await store.find(trackingNumbers);
      const journeys = new Map(parcels.map(({ trackingNumber, journey }) => [trackingNumber, journey]));
      return trackingNumbers.map((trackingNumber) =>
        reportedBy(journeys.get(trackingNumber) ?? [], clock.now()),
      );
    },
    print: async (trackingNumber) => {
      const [parcel] = await store.find([trackingNumber]);
      if (!parcel) return undefined;
      if (profile.label !== 'pdf') return printZpl(profile, parcel);
      const { printPdf } = await import('./label-pdf.ts'); // 170 modules, which a start does not wait for
      return printPdf(profile, parcel);
    },
    // For customers, who print on paper: always a PDF.
    returnLabel: async ({ key, optionId, reference, from, to, itemCount }) => {
      const { printReturnPdf } = await import('./label-pdf.ts');
      const serviceId = optionId.replace(/^.*:/, '');
      const trackingNumber = profile.trackingNumber(digitsOf(`${profile.id} ${key}`));
      return printReturnPdf(profile, { serviceId, trackingNumber, reference, from, to, itemCount });
    },
  };
};

const reportedBy = (journey: readonly Milestone[], now: Date): Tracked[] =>
  journey
    .map(({ status, description, at }) => ({ status, description, occurredAt: new Date(at) }))
    .filter(({ occurredAt }) => occurredAt <= now);

/** The offer of one service; empty if it does not deliver there or does not accept the currency. */
const quote = (
  { id, name }: CarrierProfile,
  service: CarrierService,
  { country, itemCount, currency }: Question,
  now: Date,
): Quote[] => {
  const zone = zoneOf(country);
  const rate = zone && service.rates[zone];
  const price = rate && fromEuroCents(rate.base + rate.item * (itemCount - 1), currency);
  if (!price) return [];
  return [
    {
      optionId: `${id}:${service.id}`,
      carrier: name,
      service: service.name,
      price,
      estimatedDelivery: workingDaysAfter(now, rate.days),
    },
  ];
};

/** A parcel's journey is determined by its key, its address and the time of purchase. */
const parcelOf = (
  profile: CarrierProfile,
  { key, optionId, reference, address, itemCount }: Purchase,
  { speed, chances, seed }: MockCarrierOptions,
  now: Date,
): CarrierParcel => {
  const service = profile.services.find(({ id }) => optionId === `${profile.id}:${id}`);
  const zone = zoneOf(address.country);
  const rate = zone && service?.rates[zone];
  if (!rate) throw new Error(`${profile.name} does not sell ${optionId} to ${address.country}`);
  const digits = digitsOf(`${profile.id} ${key}`);
  const draw = Number(`0.${digitsOf(`${seed} ${key}`).slice(0, 15)}`);
  return {
    key,
    carrierId: profile.id,
    serviceId: service.id,
    trackingNumber: profile.trackingNumber(digits),
    reference,
    address,
    itemCount,
    boughtAt: now.toISOString(),
    estimatedDelivery: workingDaysAfter(now, rate.days),
    journey: journeyOf(fateOf(address.line2, draw, chances), now, rate.days, speed),
  };
};

/** Twenty digits, the same for the same text. */
const digitsOf = (text: string): string =>
  BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
    .toString()
    .slice(-20);
