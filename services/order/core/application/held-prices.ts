import { after, type Clock } from '#kernel/clock.ts';
import type { QuotedPrices, QuoteSubject, QuoteTokens } from '../ports/quote-tokens.ts';

/**
 * The prices of an earlier quote; undefined unless its token is for this subject and still valid.
 * @param validMs how long a quote holds its prices, milliseconds; a shorter time applies to earlier quotes too
 */
export const makeHeldPrices =
  (tokens: QuoteTokens, clock: Clock, validMs: number) =>
  (token: string, subject: QuoteSubject): QuotedPrices | undefined => {
    const quoted = tokens.verify(token, subject);
    return quoted && clock.now() < after(quoted.quotedAt, validMs) ? quoted : undefined;
  };

export type HeldPrices = ReturnType<typeof makeHeldPrices>;
