import { after, HOUR, MINUTE, SECOND } from '#kernel/clock.ts';
import type { WebhookMessage } from './webhook-events.ts';
import { bodyOf } from './webhook-events.ts';

/**
 * Mean pauses between attempts, as Standard Webhooks recommends them: ten attempts in about three days. Each pause is random, up to
 * twice its mean, so that the retries of an outage do not come together.
 */
export const PAUSES_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;
/** The longest pause that an endpoint can ask for with `Retry-After`. */
export const LONGEST_ASKED_MS = 24 * HOUR;
/** Attempts in the log of a delivery, the newest ones. */
export const LOGGED_ATTEMPTS = 20;
/** Characters of an answer in the log: the receiver's are no more than this many bytes. */
export const LOGGED_ANSWER = 1_024;

/** A message to one endpoint. */
export interface WebhookDelivery {
  readonly endpointId: string;
  readonly eventId: string;
  readonly type: string;
  /** As it is sent. */
  readonly body: string;
  readonly status: DeliveryStatus;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  /** Attempts since it was created or replayed. */
  readonly tries: number;
  /** When the next attempt is due. */
  readonly nextAt?: Date | undefined;
  readonly createdAt: Date;
  readonly version: number;
}

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Plain JSON. */
export interface Attempt {
  /** When it began, RFC 3339. */
  readonly at: string;
  readonly durationMs: number;
  /** HTTP status; absent without a response. */
  readonly status?: number;
  /** Why there was no response. */
  readonly error?: string;
  /** The beginning of the response's body. */
  readonly answer?: string;
}

/** What came of a call. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly text: string;
      /** Of `Retry-After`. */
      readonly retryAfterMs?: number | undefined;
    }
  /** It may work later. */
  | { readonly kind: 'unreachable'; readonly error: string }
  /** The address must not be called. */
  | { readonly kind: 'forbidden'; readonly error: string };

/** `gone`: the endpoint wants no more events. `refused`: a repetition would fail as well. `failed`: it may work later. */
export type Outcome = 'delivered' | 'gone' | 'refused' | 'failed';

const WORTH_A_RETRY: ReadonlySet<number> = new Set([408, 409, 425, 429]);

export const outcomeOf = (answer: Answer): Outcome => {
  if (answer.kind !== 'answered') return answer.kind === 'forbidden' ? 'refused' : 'failed';
  const { status } = answer;
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return status >= 500 || WORTH_A_RETRY.has(status) ? 'failed' : 'refused';
};

/** A pending delivery of a message. */
export const deliveryTo = (endpointId: string, message: WebhookMessage, now: Date): WebhookDelivery => ({
  endpointId,
  eventId: message.eventId,
  type: message.type,
  body: bodyOf(message),
  status: 'pending',
  attempts: [],
  tries: 0,
  nextAt: now,
  createdAt: now,
  version: 1,
});

/**
 * The pause after so many tries, in milliseconds; undefined if that was the last.
 * @param random 0 ≤ random < 1
 */
export const pauseAfter = (tries: number, random: number, askedMs = 0): number | undefined => {
  const mean = PAUSES_MS[tries - 1];
  return mean === undefined
    ? undefined
    : Math.max(Math.round(2 * mean * random), Math.min(askedMs, LONGEST_ASKED_MS));
};

const FIRST_WAIT_MS = SECOND;
const LONGEST_WAIT_MS = 5 * MINUTE;

/**
 * How long a delivery waits that has found its endpoint busy, in milliseconds: random, up to a limit that doubles each time.
 * @param waits earlier waits
 * @param random 0 ≤ random < 1
 */
export const waitAfter = (waits: number, random: number): number =>
  Math.round(random * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(waits, 20)));

/** The delivery after an attempt: settled, or due again. */
export const afterAttempt = (
  delivery: WebhookDelivery,
  { answer, attempt }: { readonly answer: Answer; readonly attempt: Attempt },
  now: Date,
  random: number,
): WebhookDelivery => {
  const { nextAt: _, ...rest } = delivery;
  const outcome = outcomeOf(answer);
  const tries = delivery.tries + 1;
  const asked = answer.kind === 'answered' ? answer.retryAfterMs : undefined;
  const pause = outcome === 'failed' ? pauseAfter(tries, random, asked) : undefined;
  return {
    ...rest,
    tries,
    attempts: [...delivery.attempts, attempt].slice(-LOGGED_ATTEMPTS),
    version: delivery.version + 1,
    status: outcome === 'delivered' ? 'delivered' : pause === undefined ? 'failed' : 'pending',
    ...(pause !== undefined && { nextAt: after(now, pause) }),
  };
};

/** Given up, because its endpoint was disabled meanwhile. */
export const givenUp = ({ nextAt: _, ...delivery }: WebhookDelivery): WebhookDelivery => ({
  ...delivery,
  status: 'failed',
  version: delivery.version + 1,
});

/** Due again at once, with all its tries; its log goes on. */
export const replayed = (delivery: WebhookDelivery, now: Date): WebhookDelivery => ({
  ...delivery,
  status: 'pending',
  tries: 0,
  nextAt: now,
  version: delivery.version + 1,
});
