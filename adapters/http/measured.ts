import type { RequestHandler } from 'express';
import type { Metrics } from '../observability/metrics.ts';

/** RED per documented route; what matches none is counted together, so that scans make no new series. */
export const measured =
  (metrics: Metrics): RequestHandler =>
  (request, response, next) => {
    const startedAt = performance.now();
    response.once('finish', () => {
      const { openapi } = request as unknown as { openapi?: { openApiRoute?: string } };
      const seconds = (performance.now() - startedAt) / 1_000;
      metrics.observe(request.method, openapi?.openApiRoute ?? 'other', response.statusCode, seconds);
    });
    next();
  };
