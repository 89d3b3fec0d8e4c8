import type { Carriers, Question, Quote } from '../ports/carrier.ts';

/** Offers of all carriers, cheapest first. A carrier without a response offers nothing; throws if none responds. */
export const makeQuoteShipping =
  (carriers: Carriers) =>
  async (question: Question): Promise<readonly Quote[]> => {
    const asked = await Promise.allSettled([...carriers.values()].map((carrier) => carrier.quote(question)));
    const offers = asked.filter((answer) => answer.status === 'fulfilled');
    const [failed] = asked.filter((answer) => answer.status === 'rejected');
    if (offers.length === 0 && failed) throw failed.reason;
    return offers.flatMap(({ value }) => value).sort((a, b) => a.price.minor - b.price.minor);
  };

export type QuoteShipping = ReturnType<typeof makeQuoteShipping>;
