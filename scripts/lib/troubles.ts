import { z } from 'zod';
import type { Trouble } from '#adapters/http/admin-app.ts';
import { NoShop, type AdminClient } from '#adapters/http/admin-client.ts';

const Troubles = z.array(
  z.object({
    service: z.string(),
    dead: z.array(
      z.object({
        consumer: z.string(),
        event_id: z.string(),
        event_type: z.string(),
        error: z.string(),
        parked_at: z.string(),
      }),
    ),
    stuck: z.array(z.object({ key: z.string(), kind: z.string(), attempts: z.number(), error: z.string() })),
  }),
);

export type Letter = Pick<Trouble['dead'][number], 'consumer' | 'event_id'>;

/** What waits for people, service by service. */
export const readTroubles = async (ask: AdminClient): Promise<readonly Trouble[]> => {
  const { status, body } = await ask('GET', '/troubles');
  if (status !== 200) throw new NoShop(`The shop could not say what is wrong: it answered ${status}.`);
  return Troubles.parse(body);
};

const keyOf = ({ consumer, event_id }: Letter): string => `${consumer} ${event_id}`;

/** Why each letter that could not be redriven could not, by `CONSUMER EVENT_ID`. */
export type Failures = ReadonlyMap<string, string>;

const readLetters = async (ask: AdminClient): Promise<Trouble['dead']> =>
  (await readTroubles(ask)).flatMap(({ dead }) => dead);

const deliver = async (ask: AdminClient, { consumer, event_id }: Letter): Promise<string | undefined> => {
  const { status } = await ask(
    'POST',
    `/redrive/${encodeURIComponent(consumer)}/${encodeURIComponent(event_id)}`,
  );
  if (status === 200) return undefined;
  return status === 404
    ? 'there is no such dead letter, or nobody to deliver it to'
    : `the shop answered ${status}; see its log`;
};

/**
 * Delivers each of the letters that `next` picks, once, until it picks none. One that fails again is back among the
 * dead, behind all others.
 */
const redriveWhile = async (
  ask: AdminClient,
  next: (dead: readonly Letter[]) => readonly Letter[],
): Promise<{ readonly redriven: number; readonly failures: Failures }> => {
  const tried = new Map<string, string | undefined>();
  for (;;) {
    const dead = await readLetters(ask);
    const letters = next(dead).filter((letter) => !tried.has(keyOf(letter)));
    if (letters.length > 0)
      for (const letter of letters) tried.set(keyOf(letter), await deliver(ask, letter));
    else {
      const errors = new Map(dead.map((letter) => [keyOf(letter), letter.error]));
      const failures = [...tried].flatMap(([key, refusal]): [string, string][] => {
        const why = refusal ?? errors.get(key);
        return why === undefined ? [] : [[key, why]];
      });
      return { redriven: tried.size - failures.length, failures: new Map(failures) };
    }
  }
};

/** Delivers one letter again. */
export const redrive = (ask: AdminClient, letter: Letter) => redriveWhile(ask, () => [letter]);

/** Delivers every letter again; a shop lists only the oldest at once, so it is asked until there are no new ones. */
export const redriveAll = (ask: AdminClient) => redriveWhile(ask, (dead) => dead);
