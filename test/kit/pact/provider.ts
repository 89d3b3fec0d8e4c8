import { expect, it } from 'vitest';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { pairsIn } from './files.ts';
import { forget, record } from './records.ts';
import { verify, type Events, type Promises } from './verify.ts';

/** What leads to each event; the event is then taken from what the provider has announced. */
export const announcing = (
  announced: () => Promise<readonly EventEnvelope[]>,
  causes: { readonly [T in EventType]?: () => Promise<unknown> },
): Events =>
  Object.fromEntries(
    Object.entries(causes).map(([type, cause]) => [
      type,
      async () => {
        await cause();
        const event = (await announced()).findLast(({ event_type }) => event_type === type);
        if (!event) throw new Error(`${type} was not announced`);
        return event;
      },
    ]),
  );

/** Tests that `provider` keeps what its consumers expect, one test for each of them. */
export const keepsItsContracts = (provider: string, promises: () => Promises): void => {
  const pairs = pairsIn().filter((pair) => pair.provider === provider);
  it.each(pairs)('keeps its contract with $consumer', async (pair) => {
    forget('provider', pair);
    expect(await verify(pair, promises())).toEqual([]);
    record('provider', pair);
  });
};
