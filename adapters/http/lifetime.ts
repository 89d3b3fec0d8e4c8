import type { Response } from 'express';
import type { Principal } from '../auth/principal.ts';

/** As long as a timer of Node can wait; a stream that is older than that is opened again. */
const LONGEST_MS = 2 ** 31 - 1;

/** Aborted when the client has gone. */
export const goneSignal = (response: Response): AbortSignal => {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
};

/** Aborted when the client has gone or its token has ended: for answers that go on and on. */
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
