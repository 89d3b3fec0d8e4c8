import { z } from 'zod';
import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import type { Card } from '../../core/domain/payment.ts';
import { brandOf, passesLuhn } from './card-number.ts';
import type { CardToken } from './store.ts';
import { mannerOf } from './test-cards.ts';

const digits = (text: string): string => text.replaceAll(/[\s-]/g, '');

const cardForm = z.object({
  number: z.string().max(40).transform(digits),
  exp_month: z.int().min(1).max(12),
  exp_year: z.int().min(2_000).max(2_100),
  cvc: z.string().regex(/^\d{3,4}$/),
  reusable: z.boolean().default(false),
});

export type BadCard = Refusal<'invalid_request' | 'invalid_number' | 'expired_card'>;

/** When a card is no longer accepted: after the last month. */
export const hasExpired = ({ expMonth, expYear }: Pick<Card, 'expMonth' | 'expYear'>, now: Date): boolean =>
  Date.UTC(expYear, expMonth) <= now.getTime();

/**
 * Exchanges card details for a token; number and security code are not stored.
 * @param id random, which makes the token a secret
 */
export const tokenise = (form: unknown, id: string, now: Date): Result<CardToken, BadCard> => {
  const parsed = cardForm.safeParse(form);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    return refuse('invalid_request', `Invalid fields: ${fields}.`);
  }
  const { number, exp_month: expMonth, exp_year: expYear, reusable: isReusable } = parsed.data;
  if (!passesLuhn(number)) return refuse('invalid_number', 'The card number is not valid.');
  if (hasExpired({ expMonth, expYear }, now)) return refuse('expired_card', 'The card has expired.');
  const card = { brand: brandOf(number), last4: number.slice(-4), expMonth, expYear };
  const token = `${isReusable ? 'pm' : 'tok'}_${id}`;
  return ok({ token, isReusable, card, manner: mannerOf(number) });
};
