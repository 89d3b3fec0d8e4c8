import { z } from 'zod';
import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import { brandOf, passesLuhn } from './card-number.ts';
import type { CardToken } from './store.ts';
import { mannerOf } from './test-cards.ts';

const digits = (text: string): string => text.replaceAll(/[\s-]/g, '');

const cardForm = z.object({
  number: z.string().max(40).transform(digits),
  exp_month: z.int().min(1).max(12),
  exp_year: z.int().min(2_000).max(2_100),
  cvc: z.string().regex(/^\d{3,4}$/),
});

export type BadCard = Refusal<'invalid_request' | 'invalid_number' | 'expired_card'>;

/** Exchanges card details for a single-use token; number and security code are not stored. */
export const tokenise = (form: unknown, token: string, now: Date): Result<CardToken, BadCard> => {
  const parsed = cardForm.safeParse(form);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    return refuse('invalid_request', `Invalid fields: ${fields}.`);
  }
  const { number, exp_month: expMonth, exp_year: expYear } = parsed.data;
  if (!passesLuhn(number)) return refuse('invalid_number', 'The card number is not valid.');
  const isExpired = Date.UTC(expYear, expMonth) <= now.getTime();
  if (isExpired) return refuse('expired_card', 'The card has expired.');
  const card = { brand: brandOf(number), last4: number.slice(-4), expMonth, expYear };
  return ok({ token, card, manner: mannerOf(number) });
};
