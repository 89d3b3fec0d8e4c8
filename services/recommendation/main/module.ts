import { loadSpec } from '#adapters/http/spec.ts';

/** The service, which is always a process of its own: it is written in Python. */
export const RECOMMENDATION = 'recommendation';

/** For the gateway. */
export const recommendation = {
  service: RECOMMENDATION,
  spec: loadSpec(new URL('../../../openapi/recommendation.yaml', import.meta.url)),
};
