import { DAY, type Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { BaseTx, Inbox, UnitOfWork } from '#kernel/unit-of-work.ts';
import { aboutExisting, productsIn, type Behaviour, type Visit } from '../domain/behaviour.ts';
import { behaved, type Publication } from '../domain/events.ts';
import type { Products } from '../ports/products.ts';

/** A page that was asleep reports late. What is older may have been counted, and that forgotten. */
const OLDEST_MS = DAY;

/** Remembers the facts of a visit; returns those that it did not know. */
export type ClaimFacts = (
  inbox: Inbox,
  visit: Visit,
  facts: readonly Behaviour[],
) => Promise<readonly Behaviour[]>;

interface Parts {
  readonly unitOfWork: UnitOfWork<BaseTx>;
  readonly products: Products;
  readonly clock: Clock;
  readonly claim: ClaimFacts;
  readonly toWire: ToWire<Publication>;
}

export type ReportBehaviour = (visit: Visit, reported: readonly Behaviour[]) => Promise<number>;

/** Publishes what a shopper did. Returns how many facts counted: none twice in a visit, and none about a product that does not exist. */
export const makeReportBehaviour =
  ({ unitOfWork, products, clock, claim, toWire }: Parts): ReportBehaviour =>
  async (visit, reported) => {
    const now = clock.now();
    const recent = reported
      .filter(({ at }) => now.getTime() - at.getTime() <= OLDEST_MS)
      .map((fact) => (fact.at > now ? { ...fact, at: now } : fact)); // by a clock that is ahead
    const existing = await products.existing([...new Set(recent.flatMap(productsIn))]);
    const facts = recent.flatMap((one) => aboutExisting(one, existing) ?? []);
    if (facts.length === 0) return 0;
    return unitOfWork.run(async ({ inbox, outbox }) => {
      const fresh = await claim(inbox, visit, facts);
      await outbox.add(...fresh.flatMap((fact) => behaved(visit, fact)).map(toWire));
      return fresh.length;
    });
  };
