import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { addressVariable } from '#adapters/service/addresses.ts';

const HELM = fileURLToPath(new URL('../../helm/', import.meta.url));

const Variables = z.record(z.string(), z.string());

const Edge = z.object({
  calls: z.array(z.string()).default([]),
  stores: z.array(z.string()).default([]),
  internet: z.array(z.int()).default([]),
});

const Library = z.object({
  port: z.int(),
  ports: z.record(z.string(), z.int()),
  edges: z.record(z.string(), Edge),
  stores: z.record(z.string(), z.object({ env: Variables.default({}), secrets: Variables })),
  common: Variables,
});

const Chart = z.object({
  service: z.object({
    hasKey: z.boolean().default(true),
    env: Variables.default({}),
    secrets: Variables.default({}),
  }),
});

const read = (file: string): unknown => parse(readFileSync(join(HELM, file), 'utf8'));

/** What the charts share: `helm/service/values.yaml`. */
export const library = Library.parse(read('service/values.yaml'));

/** Who calls whom, by caller: names of services, or of another port of one, such as `payment.grpc`. */
export type Calls = ReadonlyMap<string, readonly string[]>;

export const calls: Calls = new Map(Object.entries(library.edges).map(([name, edge]) => [name, edge.calls]));

/** The port of a callee, such as `order` or `payment.grpc`. */
export const portOf = (callee: string): number => library.ports[callee] ?? library.port;

/** The services that have a chart. */
export const CHARTS = globSync('services/*/Chart.yaml', { cwd: HELM })
  .map((file) => basename(join(file, '..')))
  .sort();

/**
 * The variables of a service's pods, each with its text in the charts, where <name> and {{ … }} are not filled in. `npm run test:infra`
 * compares their names with what Helm makes.
 */
export const variablesOf = (service: string): Readonly<Record<string, string>> => {
  const edge = library.edges[service];
  if (!edge) throw new Error(`${service} is not in the list of edges`);
  const { hasKey, env, secrets } = Chart.parse(read(`services/${service}/values.yaml`)).service;
  const ofStores = edge.stores.flatMap((store) => {
    const found = library.stores[store];
    if (!found) throw new Error(`there is no store ${store}`);
    return Object.entries({ ...found.env, ...found.secrets });
  });
  const ofCallers = {
    ...(hasKey && { SERVICE_KEY_FILE: '/vault/secrets/key.json' }),
    ...library.common,
    NODE_EXTRA_CA_CERTS: '/vault/secrets/authorities.pem',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://<host>:<port>',
  };
  return {
    SHUTDOWN_DRAIN_MS: '10000',
    ...(edge.calls.length > 0 && ofCallers),
    ...Object.fromEntries(
      edge.calls.map((callee) => [
        addressVariable(callee),
        callee.endsWith('.grpc') ? `${callee}:<port>` : `http://${callee}:<port>`,
      ]),
    ),
    ...Object.fromEntries(ofStores),
    ...env,
    ...Object.fromEntries(Object.entries(secrets).map(([variable, field]) => [variable, `<${field}>`])),
  };
};
