import type { Clock } from '#kernel/clock.ts';
import type { QuotedPrices, QuoteSubject, QuoteTokens } from '../ports/quote-tokens.ts';

/** The prices of an earlier quote; undefined unless its token is for this subject and still valid. */
export const makeHeldPrices =
  (tokens: QuoteTokens, clock: Clock) =>
  (token: string, subject: QuoteSubject): QuotedPrices | undefined => {
    const quoted = tokens.verify(token, subject);
    return quoted && clock.now() < quoted.validUntil ? quoted : undefined;
  };

export type HeldPrices = ReturnType<typeof makeHeldPrices>;
