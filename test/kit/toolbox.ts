import {
  makeServiceTokens,
  makeSigner,
  makeVerifier,
  publicJwk,
  generateKey,
  type TokenVerifier,
} from '#adapters/auth/tokens.ts';
import { makeUserSigner, makeUserVerifier, ownIssuer } from '#adapters/auth/user-tokens.ts';
import type { Role } from '#adapters/auth/principal.ts';
import { makeSeal } from '#adapters/events/envelope.ts';
import type { ServiceClient } from '#adapters/http/client.ts';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import type { SecurityEvent, SecurityNote } from '#adapters/observability/security-log.ts';
import { makeAddresses } from '#adapters/service/addresses.ts';
import type { CommonStore, Store, Toolbox } from '#adapters/service/module.ts';
import { storesOf } from '#adapters/service/parts.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { ManualClock } from '#kernel/clock.ts';
import { isEvent, type EventEnvelope } from '#kernel/events.ts';
import { logger } from './log.ts';
import { START } from './start.ts';
import { openStore, type AnyStoreName, type StoreOf, type TestedModule } from './stores.ts';

export * from './stores.ts';
export { START };
export const ISSUER = 'https://shop.test';

export type Noted = SecurityNote & { readonly event: SecurityEvent };

export interface TestToolbox<S extends Store = CommonStore> extends Toolbox<S> {
  readonly clock: ManualClock;
  /** What the outbox holds, oldest first, without the acts of staff. */
  announced(): Promise<readonly EventEnvelope[]>;
  /** The acts of staff that the outbox holds, oldest first. */
  audited(): Promise<readonly EventEnvelope<'staff.acted'>[]>;
  /** What the security log was told, oldest first. */
  readonly noted: readonly Noted[];
  /** A user's access token. */
  tokenOf(userId: string, ...roles: readonly Role[]): Promise<string>;
  /** A token by which `caller` may use `scope` here. */
  serviceToken(caller: string, scope: string, actsFor?: string): Promise<string>;
}

export interface TestOptions {
  /** Answers the calls to other services. */
  readonly clients?: Readonly<Record<string, ServiceClient>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Where the store is used. */
const PROFILES: Readonly<Record<AnyStoreName, Toolbox['profile']>> = {
  memory: 'memory',
  pglite: 'embedded',
  postgres: 'distributed',
  mongo: 'distributed',
  redis: 'distributed',
};

const cannotCall =
  (service: string): ServiceClient =>
  () =>
    Promise.reject(new Error(`this test does not expect a call to ${service}`));

/** A toolbox for one service on a fresh store, with a clock that stands still. */
export const openToolbox = async <Name extends AnyStoreName>(
  name: Name,
  module: TestedModule,
  options: TestOptions = {},
): Promise<TestToolbox<StoreOf<Name>>> =>
  toolboxOn(await openStore(name, module), PROFILES[name], module, options);

const toolboxOn = async <S extends Store>(
  store: S,
  profile: Toolbox['profile'],
  module: TestedModule,
  { clients = {}, env = {} }: TestOptions,
): Promise<TestToolbox<S>> => {
  const clock = new ManualClock(START);
  const noted: Noted[] = [];
  const stores = storesOf(store);
  const userKey = await generateKey('user');
  const callerKeys = new Map([['user', userKey]]);
  const serviceKeys = { keys: [publicJwk(userKey)] };
  const sign = await makeUserSigner(userKey, ISSUER);
  const users = ownIssuer(ISSUER, () => Promise.resolve(serviceKeys));
  // It keeps what it has verified, so a new key takes a new one; and to most specs nobody comes with a token.
  let verifier: TokenVerifier | undefined;
  const verify: TokenVerifier = (token) => {
    verifier ??= makeVerifier({ users: makeUserVerifier(users), serviceKeys, audience: module.name });
    return verifier(token);
  };
  const outbox = async (): Promise<readonly EventEnvelope[]> =>
    (await stores.outbox.oldest(10_000)).map(({ envelope }) => envelope);
  const isAct = (event: EventEnvelope): event is EventEnvelope<'staff.acted'> =>
    isEvent('staff.acted', event);
  const bus = new InProcessBus(noJournal, logger);
  const metrics = new Metrics(module.name);
  const key = module.name === 'user' ? userKey : await generateKey(module.name);
  return {
    name: module.name,
    profile,
    store,
    stores,
    clock,
    ids: systemIds,
    seal: makeSeal(systemIds, clock),
    bus,
    logger,
    metrics,
    security: { note: (event, note) => noted.push({ event, ...note }) },
    noted,
    breakers: metrics.gauge('circuit_open', '1 while a callee is not called', ['callee']),
    env,
    wakeRelay: () => undefined,
    wakeTasks: () => undefined,
    verify,
    client: (service) => clients[service] ?? cannotCall(service),
    tokens: makeServiceTokens(module.name, await makeSigner(key)),
    key,
    issuer: ISSUER,
    addresses: makeAddresses(),
    announced: async () => (await outbox()).filter((event) => !isAct(event)),
    audited: async () => (await outbox()).filter(isAct),
    tokenOf: (userId, ...roles) =>
      sign({ sub: userId, email: `${userId}@example.com`, name: 'Test User', roles }, 600),
    serviceToken: async (caller, scope, actsFor) => {
      let key = callerKeys.get(caller);
      if (!key) {
        key = await generateKey(caller);
        callerKeys.set(caller, key);
        serviceKeys.keys.push(publicJwk(key));
        verifier = undefined;
      }
      return makeServiceTokens(caller, await makeSigner(key))(module.name, scope, actsFor);
    },
  };
};
