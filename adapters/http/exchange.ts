import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../auth/principal.ts';
import type { Endpoint } from './endpoint.ts';
import type { Match } from './router.ts';

/** A request of any transport, whose caller `deniedTo` has admitted. */
export interface Asked {
  readonly match: Match<Endpoint>;
  /** The path as received, and the documented part of the query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** As received, at most the operation's `bodyBytes`; a file as it arrives, of any length. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | undefined;
  readonly principal: Principal;
  /** The client's IP address. */
  readonly address: string;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

/** A response; problems are responses as well. */
export interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream ends when the request's signal is aborted or the caller's token expires. */
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array> | undefined;
}

export const pathOf = (target: string): string => {
  const query = target.indexOf('?');
  return query < 0 ? target : target.slice(0, query);
};

export const isStream = (body: unknown): body is AsyncIterable<string | Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
