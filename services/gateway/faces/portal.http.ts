import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { Agent } from 'undici';
import { askInTurn, KEPT_ALIVE } from '#adapters/http/instances.ts';
import { SOON } from '../forward.ts';
import { refuse } from '../refuse.ts';

const CONNECTIONS = 32;
const TIMEOUT_MS = 10_000;

/** What the portal reads of a request; it is no service, and gets no credentials. */
const ASKED = ['accept', 'accept-encoding', 'range', 'if-none-match', 'if-modified-since'] as const;

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'date'];

/**
 * The admin portal where it is a process of its own: its page and its assets, as they are.
 * @param addressesOf its instances; the first is tried first
 */
export const portalOverHttp = (addressesOf: () => readonly string[]): RequestHandler => {
  const timeouts = { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
  const agent = new Agent({ ...KEPT_ALIVE, ...timeouts, connections: CONNECTIONS });
  return async (request, response) => {
    const { method } = request;
    if (method !== 'GET' && method !== 'HEAD') {
      refuse(request, response, 'METHOD_NOT_ALLOWED', 'Only GET and HEAD are supported.', {
        Allow: 'GET, HEAD',
      });
      return;
    }
    const headers = Object.fromEntries(
      ASKED.flatMap((name) => {
        const value = request.get(name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
    const answer = await askInTurn(addressesOf(), true, (origin) =>
      agent.request({ origin, path: request.originalUrl, method, headers }),
    ).catch(() => undefined);
    if (!answer) {
      refuse(
        request,
        response,
        'UNAVAILABLE',
        'The admin portal cannot be reached; try again shortly.',
        SOON,
      );
      return;
    }
    response.status(answer.statusCode);
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined && !HOP_BY_HOP.includes(name)) response.set(name, value);
    await pipeline(answer.body, response).catch(() => undefined); // the client has gone, or the portal
  };
};
