import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { EventBus } from '#kernel/event-bus.ts';
import {
  makeServiceTokens,
  makeSigner,
  makeVerifier,
  type PrivateJwk,
  type TokenVerifier,
} from '../auth/tokens.ts';
import { makeSeal } from '../events/envelope.ts';
import { overHttp } from '../http/client.http.ts';
import { inProcess } from '../http/client.in-process.ts';
import { makeServiceClient } from '../http/client.ts';
import type { HandOver } from '../messaging/hand-over.ts';
import type { Logger } from '../observability/logger.ts';
import { Metrics } from '../observability/metrics.ts';
import { makeSecurityLog } from '../observability/security-log.ts';
import { makePolicy } from '../resilience/policy.ts';
import { systemClock } from '../system/clock.ts';
import { systemIds } from '../system/ids.ts';
import { readConfig } from './config.ts';
import type { HostOptions, WakeTargets } from './host.ts';
import type { Addresses, CommonStore, Store, Toolbox } from './module.ts';
import { APART, type Neighbours } from './neighbours.ts';
import { storesOf } from './parts.ts';

const CALL_TIMEOUT_MS = 2_000;

/** `SHOP_CALL_TIMEOUT_MS` overrides the services' timeouts on slow machines. */
const SETTINGS = { SHOP_CALL_TIMEOUT_MS: z.coerce.number().int().min(1).optional() };

export interface ToolboxParts<S extends Store = CommonStore> {
  /** Of the service. */
  readonly name: string;
  readonly profile: Toolbox['profile'];
  readonly store: S;
  readonly bus: EventBus;
  readonly handOver?: HandOver | undefined;
  readonly addresses: Addresses;
  /** The services of this process, called without a socket. */
  readonly neighbours?: Neighbours | undefined;
  readonly env: Toolbox['env'];
  readonly logger: Logger;
  /** The service's own signing key. */
  readonly key: PrivateJwk;
  /** Public keys of all services. */
  readonly serviceKeys: JSONWebKeySet;
  /** Checks users' tokens. */
  readonly users: TokenVerifier;
  /** `iss` of the tokens that the user service signs. */
  readonly issuer: string;
}

/** A service's toolbox, and the hook by which its host registers what commits wake. */
export const makeToolbox = async <S extends Store>(
  parts: ToolboxParts<S>,
): Promise<Pick<HostOptions<S>, 'toolbox' | 'onWake'>> => {
  const { name, profile, store, bus, handOver, addresses, neighbours, env, logger, key } = parts;
  const { serviceKeys, users, issuer } = parts;
  const wake: WakeTargets = {
    relay: () => undefined,
    tasks: () => undefined,
    slotFor: () => undefined,
  };
  const metrics = new Metrics(name);
  const { SHOP_CALL_TIMEOUT_MS: overruled } = readConfig(SETTINGS, env);
  const breakers = metrics.gauge('circuit_open', '1 while a callee is not called', ['callee']);
  const tokens = makeServiceTokens(name, await makeSigner(key));
  const toolbox: Toolbox<S> = {
    name,
    profile,
    store,
    stores: storesOf(store),
    clock: systemClock,
    ids: systemIds,
    seal: makeSeal(systemIds, systemClock),
    bus,
    logger,
    metrics,
    security: makeSecurityLog(logger, metrics),
    breakers,
    env,
    wakeRelay: () => {
      wake.relay();
    },
    handOver,
    slotFor: (kind) => wake.slotFor(kind),
    wakeTasks: (due) => {
      wake.tasks(due);
    },
    tokens,
    key,
    issuer,
    addresses,
    neighbours,
    verify: makeVerifier({ users, serviceKeys, audience: name }),
    client: (callee, { timeoutMs = CALL_TIMEOUT_MS, retries = 0 } = {}) =>
      makeServiceClient({
        service: callee,
        transport:
          neighbours && !APART.has(callee)
            ? inProcess({ caller: name, callee: () => neighbours.http.of(callee), ids: systemIds })
            : overHttp({ service: callee, baseUrls: () => addresses.inTurn(callee), tokens }),
        policy: makePolicy({
          name: callee,
          timeoutMs: overruled ?? timeoutMs,
          retries,
          onState: (open) => {
            breakers.set({ callee }, open);
          },
        }),
      }),
  };
  return { toolbox, onWake: (targets) => Object.assign(wake, targets) };
};
