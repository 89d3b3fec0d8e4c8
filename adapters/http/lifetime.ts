import type { Response } from 'express';
import type { Principal } from '../auth/principal.ts';

/** The longest delay of a Node timer; a stream that lasts longer must be reopened. */
const LONGEST_MS = 2 ** 31 - 1;

/** Aborted when the client disconnects. */
export const goneSignal = (response: Response): AbortSignal => {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
};

/** Aborted when the client disconnects or its token ends; for streams. */
export const lifetimeOf = (response: Response, principal: Principal): AbortSignal => {
  const expired = new AbortController();
  const expiresAt = principal.kind === 'user' ? principal.expiresAt : undefined;
  if (expiresAt !== undefined) {
    const left = Math.min(Math.max(0, expiresAt - Date.now()), LONGEST_MS);
    const timer = setTimeout(() => expired.abort(), left).unref();
    response.once('close', () => clearTimeout(timer));
  }
  return AbortSignal.any([goneSignal(response), expired.signal]);
};
