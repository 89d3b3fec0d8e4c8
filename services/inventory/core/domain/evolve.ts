import type { Books, Change } from './decide.ts';

/** The stock and reservations after a change. */
export const evolve = (books: Books, { stock, reservations: decided }: Change): Books => {
  const shelves = new Map(books.shelves);
  for (const item of stock) shelves.set(item.sku, item);
  const reservations = new Map(books.reservations);
  for (const reservation of decided) {
    const others = (reservations.get(reservation.orderId) ?? []).filter(
      ({ attempt }) => attempt !== reservation.attempt,
    );
    reservations.set(reservation.orderId, [...others, reservation]);
  }
  return { ...books, shelves, reservations };
};
