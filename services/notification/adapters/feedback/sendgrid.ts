import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { SECOND } from '#kernel/clock.ts';
import type { Feedback } from '../../core/domain/suppression.ts';

const EVENT = z.object({
  email: z.string().max(254),
  event: z.string(),
  /** Of bounces: `bounce` is for good, `blocked` is not. */
  type: z.string().optional(),
  /** Seconds since the epoch. */
  timestamp: z.number().min(0).max(1e11),
  notification_id: z.string().optional(),
});

const reportsOf = (event: unknown): readonly Feedback[] => {
  const known = EVENT.safeParse(event).data;
  if (!known) return [];
  const { email, notification_id: notificationId } = known;
  const at = new Date(known.timestamp * SECOND).toISOString();
  if (known.event === 'bounce' && known.type !== 'blocked')
    return [{ at, notificationId, suppress: { email, reason: 'hard_bounce' }, failure: 'hard_bounce' }];
  if (known.event === 'bounce' || known.event === 'dropped')
    return [{ at, notificationId, failure: `SendGrid ${known.event}` }];
  if (known.event === 'spamreport') return [{ at, suppress: { email, reason: 'complaint' } }];
  return [];
};

export interface SendGridPost {
  readonly raw: Uint8Array;
  /** Base64. */
  readonly signature: string;
  readonly timestamp: string;
  /** The parsed body. */
  readonly events: readonly unknown[];
}

/**
 * Reads what SendGrid reports.
 * @param publicKey the verification key that SendGrid shows: SPKI, Base64
 * @throws if the key is none
 * @returns undefined for a post that SendGrid did not sign
 */
export const makeSendGridFeedback = (publicKey: string) => {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return ({ raw, signature, timestamp, events }: SendGridPost): readonly Feedback[] | undefined => {
    const signed = Buffer.concat([Buffer.from(timestamp), raw]);
    if (!verify('sha256', signed, key, Buffer.from(signature, 'base64'))) return undefined;
    return events.flatMap(reportsOf);
  };
};
