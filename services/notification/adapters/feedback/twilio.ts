import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#kernel/clock.ts';
import type { Feedback } from '../../core/domain/suppression.ts';

const FAILURES = ['failed', 'undelivered'];

/**
 * Reads what Twilio reports about a text message.
 * @param url where Twilio posts, as it knows the address, which the signature covers; the message's ID follows in `id`
 * @returns undefined for a post that Twilio did not sign
 */
export const makeTwilioFeedback =
  (authToken: string, url: string, clock: Clock) =>
  (notificationId: string, body: string, signature: string): readonly Feedback[] | undefined => {
    const form = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const text = form.reduce((all, [name, value]) => all + name + value, `${url}?id=${notificationId}`);
    const [given, right] = [
      Buffer.from(signature, 'base64'),
      createHmac('sha1', authToken).update(text).digest(),
    ];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    const said = Object.fromEntries(form);
    const status = said['MessageStatus'] ?? '';
    if (!FAILURES.includes(status)) return [];
    const failure = `Twilio ${status} ${/^\d{1,6}$/.exec(said['ErrorCode'] ?? '')?.[0] ?? ''}`.trim();
    return [{ at: clock.now().toISOString(), notificationId, failure }];
  };
