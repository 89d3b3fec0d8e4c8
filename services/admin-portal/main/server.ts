import express from 'express';
import { z } from 'zod';
import { listen } from '#adapters/http/server.ts';
import { runProcess } from '#adapters/service/process.ts';
import { msSetting, portSetting, readConfig } from '#adapters/service/config.ts';
import { adminPortal } from './mount.ts';

const SETTINGS = {
  HOST: z.string().default('127.0.0.1'),
  PORT: portSetting(0),
  SHUTDOWN_DRAIN_MS: msSetting(5_000),
  /** The folder of the build. */
  ADMIN_PORTAL_BUILD: z.string().min(1).optional(),
};

await runProcess(async () => {
  const config = readConfig(SETTINGS, process.env);
  const app = express().disable('x-powered-by').disable('etag');
  app.get(['/health/live', '/health/ready'], (_request, response) => {
    response.json({ status: 'ready' });
  });
  app.use('/admin', adminPortal(config.ADMIN_PORTAL_BUILD));
  const server = await listen(app, config.PORT, config.HOST, config.SHUTDOWN_DRAIN_MS);
  return { port: server.port, stop: () => server.close() };
});
