import type { InventoryState, Change } from './decide.ts';

/** The stock and reservations after a change. */
export const evolve = (state: InventoryState, { stock, reservations: decided }: Change): InventoryState => {
  const shelves = new Map(state.shelves);
  for (const item of stock) shelves.set(item.sku, item);
  const reservations = new Map(state.reservations);
  for (const reservation of decided) {
    const others = (reservations.get(reservation.orderId) ?? []).filter(
      ({ attempt }) => attempt !== reservation.attempt,
    );
    reservations.set(reservation.orderId, [...others, reservation]);
  }
  return { ...state, shelves, reservations };
};
