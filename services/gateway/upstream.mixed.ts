import { APART } from '#adapters/service/neighbours.ts';
import type { OpenUpstream, Upstream } from './upstream.ts';

/** The services of this process, and those that are processes of their own even so. */
export const mixed =
  (together: OpenUpstream, apart: OpenUpstream): OpenUpstream =>
  (answerMs) => {
    const [near, far] = [together(answerMs), apart(answerMs)];
    const of = (service: string): Upstream => (APART.has(service) ? far : near);
    return {
      answer: (forwarded) => of(forwarded.match.route.service).answer(forwarded),
      stream: (forwarded) => of(forwarded.match.route.service).stream(forwarded),
      isReady: (service) => of(service).isReady(service),
      close: async () => {
        await Promise.all([near.close(), far.close()]);
      },
    };
  };
