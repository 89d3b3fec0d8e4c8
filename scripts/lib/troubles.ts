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

export interface Redriven {
  readonly delivered: number;
  readonly failures: Failures;
}

const Redelivered = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('unknown') }),
  z.object({ outcome: z.literal('delivered') }),
  z.object({ outcome: z.literal('parked'), error: z.string() }),
]);

const readLetters = async (ask: AdminClient): Promise<Trouble['dead']> =>
  (await readTroubles(ask)).flatMap(({ dead }) => dead);

/** Why the letter was not delivered. */
const deliver = async (ask: AdminClient, { consumer, event_id }: Letter): Promise<string | undefined> => {
  const { status, body } = await ask(
    'POST',
    `/redrive/${encodeURIComponent(consumer)}/${encodeURIComponent(event_id)}`,
  );
  if (status !== 200 && status !== 404) return `the shop answered ${status}; see its log`;
  const redelivered = Redelivered.parse(body);
  switch (redelivered.outcome) {
    case 'delivered':
      return undefined;
    case 'parked':
      return `parked again: ${redelivered.error}`;
    case 'unknown':
      return 'there is no such dead letter, or nobody to deliver it to';
  }
};

/** Delivers each of the letters that `next` picks, once, until it picks none. */
const redriveWhile = async (
  ask: AdminClient,
  next: (dead: readonly Letter[]) => readonly Letter[],
): Promise<Redriven> => {
  const tried = new Set<string>();
  const failures = new Map<string, string>();
  for (;;) {
    const letters = next(await readLetters(ask)).filter((letter) => !tried.has(keyOf(letter)));
    if (letters.length === 0) return { delivered: tried.size - failures.size, failures };
    for (const letter of letters) {
      tried.add(keyOf(letter));
      const why = await deliver(ask, letter);
      if (why !== undefined) failures.set(keyOf(letter), why);
    }
  }
};

/** Delivers one letter again. */
export const redrive = (ask: AdminClient, letter: Letter): Promise<Redriven> =>
  redriveWhile(ask, () => [letter]);

/** Delivers every letter again; a shop lists only the oldest at once, so it is asked until there are no new ones. */
export const redriveAll = (ask: AdminClient): Promise<Redriven> => redriveWhile(ask, (dead) => dead);

/** Has all stuck tasks tried now; answers how many. */
export const hasten = async (ask: AdminClient): Promise<number> =>
  z.object({ tasks: z.int() }).parse((await ask('POST', '/hasten')).body).tasks;
