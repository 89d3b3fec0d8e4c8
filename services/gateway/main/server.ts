import { readdirSync } from 'node:fs';
import { loadSpec } from '#adapters/http/spec.ts';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { openRedis } from '#adapters/redis/settings.ts';
import { addressVariable } from '#adapters/service/addresses.ts';
import { openProcess, runProcess } from '#adapters/service/process.ts';
import { makeToolbox } from '#adapters/service/toolbox.ts';
import type { ServiceSpec } from '../routes.ts';
import { RECOMMENDATION } from '../recommendations.ts';
import { portalOverHttp } from '../faces/portal.http.ts';
import { prepareGateway } from './gateway.ts';
import { openMetricsServer } from './metrics-server.ts';

/** The gateway does not wait for Redis, because it works without it. */
const REDIS_LIMITS = { timeoutMs: 250, patienceMs: 0 };

/** Without its address, an ingress sends requests to the portal. */
const PORTAL = 'admin-portal';

const FOLDER = new URL('../../../openapi/', import.meta.url);

/** Every other OpenAPI file describes a service to route to. */
const OTHER_FILES = ['common.yaml', 'gateway.yaml', 'operations.yaml'];

const specs: readonly ServiceSpec[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml') && !OTHER_FILES.includes(file))
  .map((file) => ({ service: file.replace('.yaml', ''), spec: loadSpec(new URL(file, FOLDER)) }));

await runProcess(async () => {
  const { env } = process;
  const parts = await openProcess('gateway', env);
  const store = { kind: 'memory', database: new MemoryDatabase() } as const;
  const { toolbox } = await makeToolbox({ ...parts, store });
  const hasPortal = env[addressVariable(PORTAL)] !== undefined;
  const redis = env['REDIS_URL'] === undefined ? undefined : openRedis(env, parts.logger, REDIS_LIMITS);
  const gateway = prepareGateway({
    specs,
    redis,
    key: parts.key,
    addressesOf: (service) => toolbox.addresses.inTurn(service),
    verify: toolbox.verify,
    hasRecommendations: env[addressVariable(RECOMMENDATION)] !== undefined,
    analytics: toolbox.client('analytics'),
    bus: toolbox.bus,
    logger: toolbox.logger,
    metrics: toolbox.metrics,
    breakers: toolbox.breakers,
    security: toolbox.security,
    env,
    host: parts.host,
    port: parts.port,
    drainMs: parts.drainMs,
    admin: hasPortal ? portalOverHttp(() => toolbox.addresses.inTurn(PORTAL)) : undefined,
    pages: {
      profile: toolbox.profile,
      accounts: [],
      links: () => [
        ...(hasPortal ? [{ href: '/admin', text: 'Admin portal' }] : []),
        { href: '/docs', text: 'API documentation' },
        { href: '/openapi.json', text: 'OpenAPI document' },
        { href: '/api/v1/products', text: 'Products' },
        ...(env['MOCK_GATEWAY_URL'] === undefined
          ? []
          : [{ href: env['MOCK_GATEWAY_URL'], text: 'Mock payment gateway, with its test cards' }]),
      ],
    },
  });
  const metricsServer = await openMetricsServer(toolbox.metrics, env);
  await toolbox.bus.start();
  const running = await gateway.start();
  return {
    port: running.port,
    stop: async () => {
      await running.stop();
      await metricsServer?.close();
      await toolbox.bus.stop();
      await redis?.close();
      await parts.flush();
    },
  };
});
