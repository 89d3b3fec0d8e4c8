import { isStream, type Answered } from '#adapters/http/exchange.ts';
import type { Neighbours } from '#adapters/service/neighbours.ts';
import { within } from '#adapters/resilience/within.ts';
import type { Forwarded, OpenUpstream } from './upstream.ts';

/** Without a copy, if it is a buffer. */
const bufferOf = (body: string | Uint8Array | undefined): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(body ?? '');

/** The services of this process. They receive what the gateway has found out, and do not look it up again. */
export const inProcess =
  (services: Pick<Neighbours['http'], 'of'>): OpenUpstream =>
  (answerMs) => {
    const callService = async (forwarded: Forwarded): Promise<Answered> => {
      const { service } = forwarded.match.route;
      return within(
        forwarded.answerMs ?? answerMs,
        service,
        (signal) => services.of(service).answer({ ...forwarded, signal }, forwarded),
        forwarded.signal,
      );
    };
    return {
      answer: async (forwarded) => {
        const { status, headers, body } = await callService(forwarded);
        if (isStream(body)) throw new Error(`${forwarded.match.route.path} returned a stream`);
        return { status, headers, body: bufferOf(body) };
      },
      stream: async (forwarded) => {
        const { status, headers, body } = await callService(forwarded);
        return { status, headers, body: isStream(body) ? body : bufferOf(body) };
      },
      isReady: async (service) => {
        try {
          return await services.of(service).isReady();
        } catch {
          return false;
        }
      },
      close: () => Promise.resolve(),
    };
  };
