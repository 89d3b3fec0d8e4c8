import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '#adapters/auth/principal.ts';
import type { CachedAnswer } from './response-cache.ts';
import type { Match } from './routes.ts';

/** A request that the gateway has admitted. */
export interface Forwarded {
  readonly match: Match;
  /** The path as received, because normalisation could change its meaning, and the documented part of the query. */
  readonly target: string;
  /** The client's headers; without the token for public operations. */
  readonly headers: IncomingHttpHeaders;
  /** A file as it arrives. */
  readonly body: Buffer | AsyncIterable<Uint8Array> | undefined;
  /** The caller as authenticated by the gateway. */
  readonly principal: Principal;
  /** The client's IP address. */
  readonly address: string;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
  /** Timeout until the response starts, milliseconds; the default if absent. */
  readonly answerMs: number | undefined;
  /** Whether it may be sent again after a broken connection. */
  readonly isRepeatable: boolean;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

export interface StreamedAnswer extends Omit<CachedAnswer, 'body'> {
  /** A buffer if all of it is there. */
  readonly body: AsyncIterable<Uint8Array | string> | Buffer;
}

/** The services behind the gateway. Rejects if a service does not respond; a refusal is a response. */
export interface Upstream {
  /** Returns the complete response. */
  answer(forwarded: Forwarded): Promise<CachedAnswer>;
  /** Returns a response whose body is a stream. */
  stream(forwarded: Forwarded): Promise<StreamedAnswer>;
  /** Whether at least one instance accepts requests. */
  isReady(service: string): Promise<boolean>;
  close(): Promise<void>;
}

/** @param answerMs timeout until a response starts, milliseconds */
export type OpenUpstream = (answerMs: number) => Upstream;
