import type { CarrierParcel, CarrierStore } from './parcel.ts';

export const memoryCarrierStore = (): CarrierStore => {
  const byKey = new Map<string, CarrierParcel>();
  const voided = new Set<string>();
  return {
    keep: (parcels) =>
      Promise.resolve(
        parcels.map((parcel) => {
          const kept = byKey.get(parcel.key) ?? structuredClone(parcel);
          byKey.set(parcel.key, kept);
          return structuredClone(kept);
        }),
      ),
    forget: async (trackingNumber) => {
      voided.add(trackingNumber);
      await Promise.resolve();
    },
    find: (trackingNumbers) =>
      Promise.resolve(
        [...byKey.values()]
          .filter(
            ({ trackingNumber }) => trackingNumbers.includes(trackingNumber) && !voided.has(trackingNumber),
          )
          .map((parcel) => structuredClone(parcel)),
      ),
  };
};
