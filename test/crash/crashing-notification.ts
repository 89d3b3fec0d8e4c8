/**
 * The notification service alone, on PGlite in `DATA_DIR`. It handles the events in `EVENTS` (JSON), and prints its metrics when it
 * ends. With `CRASH_BEFORE`, a regular expression, it dies by SIGKILL right before the first statement that matches.
 */
import { join } from 'node:path';
import { generateKey } from '#adapters/auth/tokens.ts';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import { stopOnSignal } from '#adapters/process/signals.ts';
import { GATEWAY, startPlatform } from '#all-in-one/main/platform.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { notification } from '#notification/main/module.ts';
import { watched } from './watched-database.ts';

const { DATA_DIR: dataDir = '', EVENTS: events = '[]', CRASH_BEFORE: pattern } = process.env;
const fatal = pattern === undefined ? undefined : new RegExp(pattern);

const database = watched(await openPglite(join(dataDir, 'db')), {
  before: (text) => {
    if (fatal?.test(text)) process.kill(process.pid, 'SIGKILL');
  },
});
const keys = new Map(
  await Promise.all(
    [notification.name, 'user', GATEWAY].map(async (name) => [name, await generateKey(name)] as const),
  ),
);
const logger = makeLogger({ level: 'warn' });
const platform = await startPlatform({
  modules: [notification],
  database,
  keys,
  env: process.env,
  loggerOf: () => logger,
  validateResponses: false,
  gateway: () => ({ start: () => Promise.reject(new Error('there is none')) }),
});
stopOnSignal(async () => {
  await platform.stop();
  process.stdout.write(await platform.metrics());
  await database.close();
});
await platform.bus.publish(JSON.parse(events) as readonly EventEnvelope[]);
