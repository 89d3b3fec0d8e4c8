import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Calls } from './values.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const Party = z.object({ name: z.string() });
const Pact = z.object({
  consumer: Party,
  provider: Party,
  interactions: z.array(z.object({ type: z.string() })),
});

/** A pair of services, `cart → catalog`. */
export const edge = (caller: string, callee: string): string => `${caller} → ${callee}`;

/** What the Pacts say: who calls whom, and which services exchange events. */
export const readPacts = () => {
  const requests = new Set<string>();
  const onTheBus = new Set<string>();
  for (const file of globSync('contracts/pacts/*.json', { cwd: ROOT })) {
    const { consumer, provider, interactions } = Pact.parse(
      JSON.parse(readFileSync(join(ROOT, file), 'utf8')),
    );
    for (const { type } of interactions)
      if (type === 'Synchronous/HTTP') requests.add(edge(consumer.name, provider.name));
      else for (const { name } of [consumer, provider]) onTheBus.add(name);
  }
  return { requests, onTheBus };
};

/** Edges without a Pact, and why there are any: each must be in use. */
export const WITHOUT_PACT = new Map([
  ['gateway → admin-portal', 'files'],
  ['order → payment.grpc', 'contracts/grpc'],
  ['recommendation → search', 'its contract is the OpenAPI file'],
  ['storefront → gateway', 'its contract is the OpenAPI file'],
  ['ingress → gateway', 'browsers'],
  ['ingress → payment.mock', 'browsers'],
]);

/** All read user's public keys, for which no Pact is made. */
const ISSUER = 'user';

/** How a list of edges differs from the requests in the Pacts. */
export const edgeTroubles = (calls: Calls, requests: ReadonlySet<string>): readonly string[] => {
  const edges = new Set([...calls].flatMap(([caller, callees]) => callees.map((to) => edge(caller, to))));
  const explained = (one: string): boolean =>
    requests.has(one) || WITHOUT_PACT.has(one) || one.endsWith(edge('', ISSUER));
  return [
    ...[...edges].filter((one) => !explained(one)).map((one) => `${one}: nobody asks for it`),
    ...[...requests, ...WITHOUT_PACT.keys()]
      .filter((one) => !edges.has(one))
      .map((one) => `${one}: is missing`),
  ];
};
