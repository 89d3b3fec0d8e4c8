import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { find, findNumber, textOf } from './text.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The default of a variable that services read. */
const defaultOf = (file: string, variable: string): number =>
  findNumber(file, new RegExp(`${variable}: z\\..*?\\.default\\(([^)]+)\\)`));

const MILLI = /^(\d+)m$/;
const cores = z
  .string()
  .regex(MILLI)
  .transform((text) => Number(MILLI.exec(text)?.[1]) / 1_000);
const MEBI = /^(\d+)Mi$/;
const gib = z
  .string()
  .regex(MEBI)
  .transform((text) => Number(MEBI.exec(text)?.[1]) / 1_024);
const Resources = z.object({ cpu: cores, memory: gib });

const library = z
  .object({
    resources: Resources,
    edges: z.record(
      z.string(),
      z.object({ stores: z.array(z.string()).default([]), calls: z.array(z.string()).default([]) }),
    ),
  })
  .parse(parse(textOf('helm/service/values.yaml')));

const Chart = z.object({
  service: z.object({
    scaling: z.object({ min: z.int(), max: z.int(), cpu: z.int() }),
    resources: Resources.default(library.resources),
    env: z.record(z.string(), z.string()).default({}),
  }),
});

/** What a chart says of a service's pods. */
export interface PodSettings {
  readonly service: string;
  readonly min: number;
  readonly max: number;
  /** What the autoscaler aims at, as a share of the request. */
  readonly target: number;
  /** The request, in cores. */
  readonly cores: number;
  readonly gib: number;
  readonly stores: readonly string[];
  /** Whether Vault Agent runs beside it. */
  readonly hasAgent: boolean;
}

const chartOf = (service: string) =>
  Chart.parse(parse(textOf(`helm/services/${service}/values.yaml`))).service;

/** By service, as `helm/` has them. */
export const PODS: readonly PodSettings[] = globSync('helm/services/*/values.yaml', { cwd: ROOT })
  .map((file) => basename(dirname(file)))
  .toSorted()
  .map((service) => {
    const { scaling, resources } = chartOf(service);
    const edge = library.edges[service];
    if (!edge) throw new Error(`${service} is not in the list of edges`);
    return {
      service,
      min: scaling.min,
      max: scaling.max,
      target: scaling.cpu / 100,
      cores: resources.cpu,
      gib: resources.memory,
      stores: edge.stores,
      hasAgent: edge.calls.length > 0,
    };
  });

const TFVARS = 'terraform/environments/production/terraform.tfvars';
const production = (name: string): string => find(TFVARS, new RegExp(`\\b${name} *= "?([^",\\s]+)"?`));
const productionNumber = (name: string): number => z.coerce.number().parse(production(name));

/** Production, as `terraform/` has it. */
export const PRODUCTION = {
  nodes: {
    type: production('instance_type'),
    minPerZone: productionNumber('min_per_zone'),
    maxPerZone: productionNumber('max_per_zone'),
  },
  postgres: { type: production('postgres_class'), gb: productionNumber('postgres_gb') },
  documents: { type: production('documentdb_class') },
  cache: { type: production('cache_type') },
  broker: { type: production('broker_type'), gb: productionNumber('broker_gb') },
  search: { type: production('search_type'), gb: productionNumber('search_gb') },
} as const;

/** Each PostgreSQL with the services whose databases it holds. */
export const POSTGRES: readonly {
  readonly name: string;
  readonly services: readonly string[];
  readonly hasReplica: boolean;
}[] = [
  ...textOf('terraform/main.tf').matchAll(/^ +(\w+) += \{ services = \[([^\]]+)\], has_replica = (\w+) \}/gm),
].map(([, name = '', services = '', hasReplica]) => ({
  name,
  services: services.split(',').map((service) => service.trim().replaceAll('"', '')),
  hasReplica: hasReplica === 'true',
}));
if (POSTGRES.length === 0) throw new Error('terraform/main.tf no longer lists the databases of services');

/** Over which nodes and stores are spread. */
export const ZONES = findNumber('terraform/modules/network/main.tf', /slice\(sort\([^)]*\), 0, (\d+)\)/);

const MSK = 'terraform/modules/msk';
const EVENT_FILE = /^(.+)[.]v\d+[.]json$/;

/** Kafka. */
export const KAFKA = {
  topics: new Set(
    globSync('*.json', { cwd: `${ROOT}contracts/events` }).flatMap(
      (file) => EVENT_FILE.exec(file)?.[1] ?? [],
    ),
  ).size,
  /** Of a topic, as the services make it. */
  partitions: defaultOf('adapters/kafka/settings.ts', 'KAFKA_PARTITIONS'),
  /** Of a topic, as Terraform counts it. */
  plannedPartitions: findNumber(`${MSK}/variables.tf`, /variable "partitions" \{[^}]*default += (\d+)/),
  replicas: findNumber(`${MSK}/main.tf`, /\breplicas += (\d+)/),
  retentionHours: findNumber(`${MSK}/main.tf`, /log\.retention\.hours=(\d+)/),
  brokers: ZONES,
} as const;

/** Replicas of partitions that a broker of this type may have. */
export const partitionLimitOf = (type: string): number => {
  const limits = find(`${MSK}/main.tf`, /\bmost += lookup\((.+)\)$/m);
  const size = type.split('.').at(-1) ?? '';
  const [, limit] = new RegExp(`"${size}" = (\\d+)`).exec(limits) ?? /, (\d+)$/.exec(limits) ?? [];
  return z.coerce.number().parse(limit);
};

/** Connections of a pod to its PostgreSQL: for transactions, and for single statements. */
export const CONNECTIONS =
  defaultOf('adapters/service/store.ts', 'DATABASE_POOL') +
  findNumber('adapters/postgres/pg-database.ts', /const PIPELINES = (\d+);/);

/** Of the index. */
export const INDEX = {
  shards: defaultOf('services/search/adapters/opensearch/open.ts', 'SEARCH_SHARDS'),
  replicas: z.coerce.number().parse(chartOf('search').env['SEARCH_REPLICAS']),
  nodes: ZONES,
} as const;
