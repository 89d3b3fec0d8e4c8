import { globSync, readFileSync } from 'node:fs';
import { MODULES } from '#all-in-one/main/modules.ts';
import { INVALIDATING } from '#gateway/cache-rules.ts';
import { routesOf } from '#gateway/routes.ts';
import { WATCHED } from '#gateway/staff-events/changes.ts';
import { waitingIn } from '#gateway/staff/overview.ts';
import { questionsFor } from '#gateway/staff/search.ts';
import { makeRouter } from '#adapters/http/router.ts';
import { loadSpec } from '#adapters/http/spec.ts';
import { eventTypes } from '#contracts/generated/events.ts';
import type { EventType } from '#kernel/events.ts';
import { recommendation } from '#recommendation/main/module.ts';
import { isToldOf, PLANNED, readEventServices } from '#scripts/lib/event-services.ts';
import { pairsIn, readContract, type Contract } from '#test/kit/pact/files.ts';
import { roleIn } from '#test/kit/pact/permits.ts';
import { openToolbox } from '#test/kit/toolbox.ts';

const ROOT = new URL('../../', import.meta.url);

/** The calls between services, and the consumers of events. */
export interface Talk {
  /** `cart catalog`. */
  readonly asks: readonly string[];
  /** `cart order.placed`. */
  readonly hears: readonly string[];
}

/** `toolbox.client('catalog', …)`: that is how one service gets to ask another. */
const CLIENT = /\bclient\('(?<provider>[\w-]+)'/g;

/** Callees that a file of a service's main/ names. All-in-one is no service: what it opens itself is the gateway. */
export const asksIn = (path: string, source: string): readonly string[] => {
  const [, folder = ''] = path.split('/');
  const consumer = folder === 'all-in-one' ? 'gateway' : folder;
  return [...source.matchAll(CLIENT)].map(({ groups }) => `${consumer} ${groups?.['provider'] ?? ''}`);
};

/** What the gateway asks several services at once, for staff: `catalog /api/v1/staff/products`. */
export const askedForStaff = (): readonly string[] => {
  const services = [...MODULES.map(({ name }) => ({ service: name })), recommendation];
  const router = makeRouter(
    routesOf(MODULES.map(({ name, spec }) => ({ service: name, spec: loadSpec(spec) }))),
  );
  const searched = [...questionsFor('lamp').values()].map((question) => {
    const [path = ''] = question.split('?');
    const found = router('GET', path);
    return `${found && 'route' in found ? found.route.service : 'nothing'} ${path}`;
  });
  return [...searched, ...[...waitingIn(services)].map(([service, path]) => `${service} ${path}`)];
};

/** What contracts say that the gateway asks for a user. */
export const writtenForStaff = (contracts: readonly Contract[]): readonly string[] =>
  contracts
    .filter(({ consumer }) => consumer.name === 'gateway')
    .flatMap(({ provider, interactions }) =>
      interactions.flatMap(({ request }) => {
        const [authorization = ''] = request?.headers['authorization'] ?? [];
        const role = roleIn(authorization.replace('Bearer ', ''));
        return request && role && role !== 'customer' ? [`${provider.name} ${request.path}`] : [];
      }),
    );

const topicsOf = async (): Promise<readonly (readonly [string, readonly EventType[]])[]> => {
  const ofServices = MODULES.map(async (module) => {
    const client = () => () => Promise.reject(new Error('nobody is asked here'));
    const toolbox = { ...(await openToolbox('memory', module)), client };
    const { consumers = [] } = await module.compose(toolbox);
    return [module.name, consumers.flatMap(({ topics }) => topics)] as const;
  });
  return [
    ...(await Promise.all(ofServices)),
    ['gateway', [...INVALIDATING, ...WATCHED, 'user.access_revoked']],
  ];
};

const services = readEventServices(eventTypes);

/** What the code does. A service that follows its own events needs no contract. */
export const talkOfCode = async (): Promise<Talk> => ({
  asks: [
    ...globSync('services/*/main/**/*.ts', { cwd: ROOT }).flatMap((path) =>
      asksIn(path, readFileSync(new URL(path, ROOT), 'utf8')),
    ),
    ...askedForStaff().map((asked) => `gateway ${asked.split(' ')[0] ?? ''}`),
  ],
  hears: (await topicsOf()).flatMap(([consumer, topics]) =>
    topics
      .filter((topic) => isToldOf(services.get(topic) ?? { senders: [] }, consumer))
      .map((topic) => `${consumer} ${topic}`),
  ),
});

/** What the contracts say. */
export const talkOf = (contracts: readonly Contract[]): Talk => {
  const all = contracts.flatMap(({ consumer, provider, interactions }) =>
    interactions.map(({ contents }) => ({
      pair: `${consumer.name} ${provider.name}`,
      event: contents && `${consumer.name} ${contents.content.event_type}`,
    })),
  );
  return {
    asks: all.flatMap(({ pair, event }) => (event === undefined ? [pair] : [])),
    hears: all.flatMap(({ event }) => event ?? []),
  };
};

export const contracts = (): readonly Contract[] => pairsIn().map(readContract);

const without = (all: readonly string[], known: readonly string[]): readonly string[] =>
  [...new Set(all)].filter((one) => !known.includes(one)).sort();

/** What is said in `talk` and not in `other`. */
export const onlyIn = (talk: Talk, other: Talk): readonly string[] => [
  ...without(talk.asks, other.asks),
  ...without(talk.hears, other.hears),
];

/** Providers of contracts that no `*.provider.spec.ts` verifies, without those that are planned. */
export const unverified = (all: readonly Contract[]): readonly string[] => {
  const specs = globSync('services/*/test/pacts/*.provider{,.ml}.spec.ts', { cwd: ROOT });
  const verifying = specs.map((path) => path.split('/')[1] ?? '');
  return without(
    all.map(({ provider }) => provider.name),
    [...verifying, ...PLANNED],
  );
};
