import { after, DAY } from '#kernel/clock.ts';
import type { StoredDocument } from '#kernel/documents.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { WebhookEvent } from './webhook-events.ts';
import type { Outcome } from './webhook-delivery.ts';
import type { Recovery } from './webhook-recovery.ts';

/** Endpoints of a shop: each event is stored once for each of them. */
export const MOST_ENDPOINTS = 50;
/** Characters. */
export const LONGEST_URL = 2_000;
/** How long a replaced secret still signs, beside the new one. */
export const ROTATION_MS = DAY;
/** An endpoint that has failed this long without a success is disabled. */
export const PATIENCE_MS = DAY;

/** Where a merchant's server gets events. Plain JSON: times are RFC 3339. */
export interface WebhookEndpoint extends StoredDocument, EndpointContent {
  /** Counts the changes that staff can see, from 1. */
  readonly edition: number;
  /** The newest signs, and so does the one before it until its time is over. */
  readonly secrets: readonly SealedSecret[];
  /** Absent while it is enabled. */
  readonly disabled?: Disabled | undefined;
  /** The first failure since the last success. */
  readonly failingSince?: string | undefined;
  /** The last one; staff have begun it. */
  readonly recovery?: Recovery | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface EndpointContent {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly WebhookEvent[];
}

/** A signing secret, encrypted. */
export interface SealedSecret {
  readonly sealed: string;
  /** Absent for the current one. */
  readonly until?: string | undefined;
}

/** `staff`: by hand. `gone`: it answered 410. `failing`: it failed for a day. */
export type DisabledBy = 'staff' | 'gone' | 'failing';

export interface Disabled {
  readonly by: DisabledBy;
  readonly at: string;
}

export type InvalidUrl = Refusal<'INVALID_WEBHOOK_URL'>;

/** Which URLs a shop calls. */
export interface UrlRules {
  readonly isHttpAllowed: boolean;
  /** @param host a name, or an IP address (IPv6 in brackets) */
  readonly isHostAllowed: (host: string) => boolean;
}

/** Whether the URL can be called at all. What it resolves to is checked at each call, because that may change. */
export const checkUrl = (
  text: string,
  { isHttpAllowed, isHostAllowed }: UrlRules,
): Result<string, InvalidUrl> => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocols = isHttpAllowed ? ['https:', 'http:'] : ['https:'];
  if (!url || text.length > LONGEST_URL || url.href.length > LONGEST_URL)
    return refuse('INVALID_WEBHOOK_URL', `The URL must be absolute, with at most ${LONGEST_URL} characters.`);
  if (!protocols.includes(url.protocol))
    return refuse('INVALID_WEBHOOK_URL', `The URL must begin with ${protocols.join('// or ')}//.`);
  if (url.username !== '' || url.password !== '')
    return refuse('INVALID_WEBHOOK_URL', 'The URL must not contain a user name or password.');
  if (!isHostAllowed(url.hostname))
    return refuse('INVALID_WEBHOOK_URL', 'The host of the URL must be on the Internet.');
  if (url.hash !== '') return refuse('INVALID_WEBHOOK_URL', 'The URL must not contain a fragment.');
  return ok(url.href);
};

export const newEndpoint = (
  id: string,
  content: EndpointContent,
  sealed: string,
  now: Date,
): WebhookEndpoint => ({
  ...content,
  id,
  version: 1,
  edition: 1,
  secrets: [{ sealed }],
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
});

const edited = (
  endpoint: WebhookEndpoint,
  changes: Partial<Omit<WebhookEndpoint, 'id' | 'version'>>,
  now: Date,
): WebhookEndpoint => ({
  ...endpoint,
  ...changes,
  version: endpoint.version + 1,
  edition: endpoint.edition + 1,
  updatedAt: now.toISOString(),
});

export type EndpointChange = Partial<EndpointContent> & { readonly isEnabled?: boolean | undefined };

/** A new URL, or enabling it again, gives it a new start: its earlier failures do not count. */
export const changeEndpoint = (
  endpoint: WebhookEndpoint,
  { isEnabled, ...content }: EndpointChange,
  now: Date,
): WebhookEndpoint => {
  const { failingSince, disabled, ...rest } = endpoint;
  const isEnabledNow = isEnabled ?? !disabled;
  const isNewStart = (content.url ?? endpoint.url) !== endpoint.url || (disabled && isEnabledNow);
  return edited(
    {
      ...rest,
      ...(failingSince !== undefined && !isNewStart && { failingSince }),
      ...(!isEnabledNow && { disabled: disabled ?? { by: 'staff', at: now.toISOString() } }),
    },
    content,
    now,
  );
};

/** The secret before the current one no longer signs. */
export const rotateSecret = (endpoint: WebhookEndpoint, sealed: string, now: Date): WebhookEndpoint => {
  const until = after(now, ROTATION_MS).toISOString();
  const former = endpoint.secrets.slice(0, 1).map((secret) => ({ sealed: secret.sealed, until }));
  return edited(endpoint, { secrets: [{ sealed }, ...former] }, now);
};

/** The secrets that sign at this time, the current one first. */
export const signingSecrets = ({ secrets }: WebhookEndpoint, now: Date): readonly string[] =>
  secrets.filter(({ until }) => until === undefined || until > now.toISOString()).map(({ sealed }) => sealed);

/** Whether it gets events of this type. */
export const wants = ({ disabled, eventTypes }: WebhookEndpoint, type: string): boolean =>
  !disabled && eventTypes.some((wanted) => wanted === type);

/**
 * What the outcome of an attempt says about the endpoint; the same endpoint if that is nothing new.
 * @param url that was called
 */
export const observe = (
  endpoint: WebhookEndpoint,
  { outcome, url }: { readonly outcome: Outcome; readonly url: string },
  now: Date,
): WebhookEndpoint => {
  if (endpoint.disabled || url !== endpoint.url) return endpoint;
  const at = now.toISOString();
  const { failingSince, ...rest } = endpoint;
  if (outcome === 'delivered')
    return failingSince === undefined ? endpoint : { ...rest, version: endpoint.version + 1 };
  if (outcome === 'gone') return edited(endpoint, { disabled: { by: 'gone', at } }, now);
  if (failingSince === undefined) return { ...endpoint, version: endpoint.version + 1, failingSince: at };
  return now.getTime() - Date.parse(failingSince) >= PATIENCE_MS
    ? edited(endpoint, { disabled: { by: 'failing', at } }, now)
    : endpoint;
};
