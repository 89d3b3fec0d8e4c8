import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Verifier, type VerifierOptions } from '@pact-foundation/pact';
import { z } from 'zod';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import type { Store } from '#adapters/service/module.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { TestService } from '../http.ts';
import { fileOf, parseContract, type Contract, type Pair } from './files.ts';
import { roleIn } from './permits.ts';

/** Brings the provider into a state; answers what the question names by `fromProviderState`. */
export type State = (params: Readonly<Record<string, string>>) => Promise<Record<string, string> | undefined>;

/** Makes the provider announce an event, by whatever leads to it. */
export type Events = { readonly [T in EventType]?: () => Promise<EventEnvelope> };

export interface Promises {
  /** The provider behind its HTTP edge, if any consumer asks it. */
  readonly service?: {
    readonly url: string;
    readonly toolbox: Pick<TestService<Store>['toolbox'], 'tokenOf' | 'serviceToken'>;
  };
  readonly states?: Readonly<Record<string, State>>;
  readonly events?: Events;
}

const BEARER = 'Bearer ';

/** The contract names a scope or a role where a token stands: this puts a token there that allows just that. */
const withToken =
  (consumer: string, service: Promises['service']): NonNullable<VerifierOptions['requestFilter']> =>
  (request, _response, next) => {
    const { authorization = '' } = request.headers;
    if (!service || !authorization.startsWith(BEARER)) {
      next();
      return;
    }
    const permit = authorization.slice(BEARER.length);
    const role = roleIn(permit);
    const { tokenOf, serviceToken } = service.toolbox;
    const signed = role ? tokenOf(systemIds.next(), role) : serviceToken(consumer, permit);
    signed.then((token) => {
      request.headers.authorization = BEARER + token;
      next();
    }, next);
  };

const report = z.object({
  interactionResults: z.array(
    z.looseObject({ description: z.string(), result: z.string(), mismatch: z.unknown().optional() }),
  ),
});

/** Pact's report: the text that it resolves to, or the message that it rejects with. */
const run = async (options: VerifierOptions): Promise<z.infer<typeof report>> => {
  const text = await new Verifier(options).verifyProvider().catch((error: unknown) => {
    if (error instanceof Error && error.message.startsWith('{')) return error.message;
    throw error;
  });
  return report.parse(JSON.parse(text));
};

/** States that are asked for and not offered: Pact itself lets them pass. */
const missingStates = ({ interactions }: Contract, states: object): readonly string[] =>
  interactions
    .flatMap(({ providerStates }) => providerStates.map(({ name }) => name))
    .filter((name) => !(name in states))
    .map((name) => `no such state: ${name}`);

/** What the provider does not do as the contract in `file` says; empty when it keeps it. */
export const verify = async (
  { consumer, provider }: Pair,
  { service, states = {}, events = {} }: Promises,
  file: URL = fileOf({ consumer, provider }),
): Promise<readonly string[]> => {
  const contract = parseContract(readFileSync(file, 'utf8'));
  const thrown: string[] = [];
  /** Pact tells that it failed, but not why. */
  const telling =
    <Args extends readonly unknown[], Result>(name: string, make: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      try {
        return await make(...args);
      } catch (error) {
        thrown.push(`${name}: ${String(error)}`);
        throw error;
      }
    };
  const { interactionResults } = await run({
    provider,
    ...(service ? { providerBaseUrl: service.url } : {}),
    pactUrls: [fileURLToPath(file)],
    stateHandlers: Object.fromEntries(
      Object.entries(states).map(([name, state]) => [
        name,
        telling(
          name,
          async (params: unknown) => (await state(Object(params) as Record<string, string>)) ?? {},
        ),
      ]),
    ),
    messageProviders: Object.fromEntries(
      Object.entries(events).map(([type, event]) => [type, telling(type, event)]),
    ),
    requestFilter: withToken(consumer, service),
    logLevel: 'error',
  });
  const kept = interactionResults
    .filter(({ result }) => result === 'OK')
    .map(({ description }) => description);
  return [
    ...missingStates(contract, states),
    ...thrown,
    ...interactionResults
      .filter(({ result }) => result !== 'OK')
      .map(({ description, mismatch }) => `${description}: ${JSON.stringify(mismatch)}`),
    ...contract.interactions
      .filter(({ description }) => !kept.includes(description))
      .map(({ description }) => `not kept: ${description}`),
  ];
};
