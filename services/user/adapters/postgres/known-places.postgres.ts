import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { KnownPlaces } from '../../core/ports/known-places.ts';

export const postgresKnownPlaces = (tx: SqlTransaction): KnownPlaces => ({
  isKnown: async (place) => {
    const rows = await tx.execute('select 1 from users.known_places where place = $1', [place]);
    return rows.length > 0;
  },
  remember: (place, now) =>
    tx.write({
      table: 'known_places',
      text: `insert into users.known_places (place, seen_at) values ($1, $2)
             on conflict (place) do update set seen_at = greatest(known_places.seen_at, excluded.seen_at)`,
      params: [place, now],
    }),
  forgetBefore: (since) =>
    tx.write({
      table: 'known_places',
      text: 'delete from users.known_places where seen_at < $1',
      params: [since],
    }),
});
