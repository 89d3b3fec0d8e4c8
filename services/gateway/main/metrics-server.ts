import express from 'express';
import { z } from 'zod';
import { listen, type HttpServer } from '#adapters/http/server.ts';
import type { Metrics } from '#adapters/observability/metrics.ts';
import { readConfig } from '#adapters/service/config.ts';

const SETTINGS = {
  GATEWAY_METRICS_HOST: z.string().default('127.0.0.1'),
  GATEWAY_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
};

/** Serves `/metrics` on a port of its own, since the gateway's is open to the public; undefined unless `GATEWAY_METRICS_PORT` is set. */
export const openMetricsServer = async (
  metrics: Metrics,
  env: Readonly<Record<string, string | undefined>>,
): Promise<HttpServer | undefined> => {
  const { GATEWAY_METRICS_HOST: host, GATEWAY_METRICS_PORT: port } = readConfig(SETTINGS, env);
  if (port === undefined) return undefined;
  const app = express().disable('x-powered-by').disable('etag');
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  return listen(app, port, host);
};
