import type { RequestHandler } from 'express';
import type { Metrics } from '../observability/metrics.ts';
import { routeOf } from './recognition.ts';

/** RED metrics per documented route. All other paths are counted together, so that scans create no new series. */
export const measured =
  (metrics: Metrics): RequestHandler =>
  (request, response, next) => {
    const startedAt = performance.now();
    response.once('finish', () => {
      const seconds = (performance.now() - startedAt) / 1_000;
      metrics.observe(request.method, routeOf(request), response.statusCode, seconds);
    });
    next();
  };
