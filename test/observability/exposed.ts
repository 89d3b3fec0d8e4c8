import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Metrics } from '#adapters/observability/metrics.ts';
import { makeSecurityLog } from '#adapters/observability/security-log.ts';
import { openService } from '#adapters/service/host.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import { openReplica } from '#adapters/service/replica.ts';
import { openPool } from '#adapters/service/store.ts';
import { MODULES } from '#all-in-one/main/modules.ts';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { prepareGateway } from '#gateway/main/gateway.ts';
import { logger } from '#test/kit/log.ts';
import { openToolbox, type TestToolbox } from '#test/kit/toolbox.ts';

/** A metric and its labels, as a service exposes it to Prometheus. */
export interface Exposed {
  readonly name: string;
  readonly labels: readonly string[];
}

const Metric = z.object({ name: z.string(), type: z.string(), labelNames: z.array(z.string()) });

/** The labels of all series: those of Metrics, and of the scrape. */
const EVERYWHERE = ['service', 'job', 'instance'];

const exposed = (type: string, name: string, own: readonly string[]): readonly Exposed[] => {
  const labels = [...own, ...EVERYWHERE];
  return type !== 'histogram'
    ? [{ name, labels }]
    : [
        { name: `${name}_bucket`, labels: [...labels, 'le'] },
        { name: `${name}_sum`, labels },
        { name: `${name}_count`, labels },
      ];
};

const inRegistry = ({ registry }: Metrics): readonly Exposed[] =>
  z
    .array(Metric)
    .parse(registry.getMetricsAsArray())
    .flatMap(({ type, name, labelNames }) => exposed(type, name, labelNames));

const refuse = (): Promise<never> => Promise.reject(new Error('nobody is asked here'));

/** Some metrics are made when a service is composed, some when it starts. */
const ofService = async (module: ServiceModule): Promise<readonly Exposed[]> => {
  const toolbox = { ...(await openToolbox('memory', module)), client: () => refuse };
  makeSecurityLog(logger, toolbox.metrics);
  const options = { toolbox, host: '127.0.0.1', port: 0, validateResponses: false, isAlone: true };
  const service = await openService(module, { ...options, onWake: () => undefined });
  await service.start();
  await service.stop();
  return inRegistry(toolbox.metrics);
};

/** With a replica, which only a PostgreSQL server has. */
const ofReplica = async (): Promise<readonly Exposed[]> => {
  const [metrics, url] = [new Metrics('user'), 'postgres://127.0.0.1:1/none'];
  const primary = openPool(url, {}, () => undefined);
  const opened = openReplica({ env: { READ_URL: url }, logger, metrics }, primary);
  await Promise.all([primary.close(), opened?.attachment.stop()]);
  return inRegistry(metrics);
};

const ofGateway = async ({ verify, key }: TestToolbox): Promise<readonly Exposed[]> => {
  const metrics = new Metrics('gateway');
  const gateway = prepareGateway({
    specs: [],
    addressesOf: () => [],
    verify,
    key,
    hasRecommendations: true,
    analytics: refuse,
    bus: new InProcessBus(noJournal, logger),
    logger,
    metrics,
    security: makeSecurityLog(logger, metrics),
    env: {},
    pages: { profile: 'test', accounts: [], links: () => [] },
    host: '127.0.0.1',
    port: 0,
  });
  await (await gateway.start()).stop();
  return inRegistry(metrics);
};

const PYTHON = new URL('../../services/recommendation/', import.meta.url);
const DECLARED =
  /\b(?<kind>Histogram|_counter|gauge)\(\s*"(?<name>\w+)",\s*"[^"]*",\s*(?:lag|lambda: [^,\n]+)?,?\s*(?:\[(?<list>[^\]]*)\]|\{(?<map>[^}]*)\})?/g;

/** Read from its source, so that the check needs no Python. What it does not recognise counts as not exposed. */
const ofRecommendation = (): readonly Exposed[] =>
  ['adapters/metrics.py', 'main/server.py']
    .map((file) => readFileSync(new URL(file, PYTHON), 'utf8'))
    .flatMap((source) => [...source.matchAll(DECLARED)])
    .flatMap(({ groups: { kind = '', name = '', list = '', map = '' } = {} }) =>
      exposed(
        kind.toLowerCase(),
        name,
        [...`${list} ${map.replaceAll(/:[^,]*/g, '')}`.matchAll(/"(\w+)"/g)].map(([, label = '']) => label),
      ),
    );

/** What other programs expose, and where it is documented. */
const OTHERS: readonly Exposed[] = [
  // Prometheus: prometheus.io/docs/concepts/jobs_instances, …/prometheus/latest/configuration/alerting_rules
  { name: 'up', labels: EVERYWHERE },
  { name: 'ALERTS', labels: ['alertname', 'alertstate', 'severity', ...EVERYWHERE] },
  // cert-manager: cert-manager.io/docs/devops-tips/prometheus-metrics
  { name: 'certmanager_certificate_expiration_timestamp_seconds', labels: ['name', 'namespace'] },
  { name: 'certmanager_certificate_ready_status', labels: ['name', 'namespace', 'condition'] },
];

export interface Exposure {
  /** Label names of each metric that Prometheus can have. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of the shop itself. */
  readonly own: readonly string[];
  readonly services: readonly string[];
}

/** What the services of the shop expose, from their real registries. */
export const readExposure = async (): Promise<Exposure> => {
  const [first] = MODULES;
  if (!first) throw new Error('there are no services');
  const own = [
    ...(await ofReplica()),
    ...(await ofGateway(await openToolbox('memory', first))),
    ...ofRecommendation(),
  ];
  for (const module of MODULES) own.push(...(await ofService(module)));
  const labels = new Map<string, Set<string>>();
  for (const metric of [...own, ...OTHERS]) {
    const known = labels.get(metric.name) ?? new Set();
    for (const label of metric.labels) known.add(label);
    labels.set(metric.name, known);
  }
  return {
    labels,
    own: [...new Set(own.map(({ name }) => name))],
    services: ['gateway', 'recommendation', ...MODULES.map(({ name }) => name)],
  };
};
