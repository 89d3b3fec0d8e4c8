import { describe, expect, it } from 'vitest';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Pact } from '@pact-foundation/pact';
import { newestVersionOf, versionsOf } from '#adapters/events/schemas.ts';
import { overHttp } from '#adapters/http/client.http.ts';
import { makeServiceClient, type Call, type ServiceClient } from '#adapters/http/client.ts';
import type { Role } from '#adapters/auth/principal.ts';
import { makePolicy } from '#adapters/resilience/policy.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { temporaryFolder } from '../cleanup.ts';
import { completed } from '../sample.ts';
import { fileOf, normalised, parseContract, type Pair } from './files.ts';
import { regex, string, uuid } from './matchers.ts';
import { asRole } from './permits.ts';
import { forget, record } from './records.ts';

/** Who asks: the consumer itself, with a token of this scope, or a user with this role, whose token it passes on. */
type Asker = Pick<Call, 'scope'> | { readonly role: Role };

/** What a contract says in place of a token. */
const permitOf = (asker: Asker): string => ('role' in asker ? asRole(asker.role) : asker.scope);

/** A question and what is made of its answer. Bodies are made of matchers. */
export interface Question {
  /** State of the provider; what it is called there. Any if absent. */
  readonly given?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly asking: string;
  readonly request: Pick<Call, 'method' | 'path' | 'query' | 'body'> & Asker;
  readonly response: { readonly status: number; readonly body?: object };
}

export interface Contract {
  /** Asks Pact's server in the provider's place, at `url`. Fails when it was asked something else. */
  asks(question: Question, use: (client: ServiceClient, url: string) => Promise<void>): Promise<void>;
  /**
   * Hands an event over: of its payload, and rarely of its envelope, what the consumer reads, made of matchers; filled up to
   * what its schema asks for.
   */
  hears(
    type: EventType,
    payload: object,
    use: (event: EventEnvelope) => Promise<void>,
    envelope?: object,
  ): Promise<void>;
}

/**
 * The scope replaces the token, so that the contract states the required permission, and the provider is
 * verified with a token that allows just that.
 */
const clientOf = (service: string, url: string): ServiceClient =>
  makeServiceClient({
    service,
    transport: overHttp({
      service,
      baseUrls: () => [url],
      tokens: (_, scope) => Promise.resolve(scope),
    }),
    policy: makePolicy({ name: service, timeoutMs: 10_000, retries: 0 }),
  });

const openContract = ({ consumer, provider }: Pair, dir: string) => {
  const pact = new Pact({ consumer, provider, dir, logLevel: 'error' });
  let begun = 0;
  const contract: Contract = {
    asks: async ({ given, params, asking, request, response }, use) => {
      begun += 1;
      const interaction = pact.addInteraction();
      await (given === undefined ? interaction : interaction.given(given, params))
        .uponReceiving(asking)
        .withRequest(request.method, request.path, (asked) => {
          asked.headers({ authorization: `Bearer ${permitOf(request)}` });
          if (request.query) asked.query(request.query);
          if (request.body !== undefined) asked.jsonBody(request.body);
        })
        .willRespondWith(response.status, (answer) => {
          if (response.status >= 400) answer.headers({ 'Content-Type': 'application/problem+json' });
          if (response.body) answer.jsonBody(response.body);
        })
        .executeTest(({ url }) => use(clientOf(provider, url), url));
    },
    hears: async (type, payload, use, envelope) => {
      begun += 1;
      const message = {
        event_id: uuid('0190a000-0000-7000-8000-00000000eeee'),
        event_type: type,
        event_version: regex(anyOf(versionsOf(type)), newestVersionOf(type)),
        correlation_id: string('a story'),
        ...envelope,
        ...(Object.keys(payload).length === 0 ? {} : { payload }),
      };
      await pact
        .addAsynchronousInteraction()
        .expectsToReceive(type, (contents) => contents.withJSONContent(message))
        .executeTest(({ contents: { content } }) => use(completed(type, Object(content) as object)));
    },
  };
  return { contract, begun: () => begun };
};

/** A consumer reads every version that has a schema: a sender uses the oldest that holds its payload. */
const anyOf = (versions: readonly number[]): string =>
  versions.length === 1 ? `^${String(versions[0])}\\.\\d+$` : `^(${versions.join('|')})\\.\\d+$`;

/**
 * The tests of what `consumer` expects of `provider`. They make the contract; it must equal the one in
 * contracts/pacts. `PACT_UPDATE=1` puts it there.
 */
export const describeContract = (
  consumer: string,
  provider: string,
  body: (contract: Contract) => void,
): void => {
  const pair = { consumer, provider };
  const dir = temporaryFolder();

  describe(`what ${consumer} expects of ${provider}`, () => {
    const { contract, begun } = openContract(pair, dir);
    body(contract);

    it('is in contracts/pacts', () => {
      forget('consumer', pair);
      const made = normalised(readFileSync(fileOf(pair, pathToFileURL(`${dir}/`)), 'utf8'));
      const file = fileOf(pair);
      // Pact leaves out what has failed.
      expect(parseContract(made).interactions.length).toBe(begun());
      if (process.env['PACT_UPDATE'] === '1') writeFileSync(file, made);
      expect(existsSync(file) ? readFileSync(file, 'utf8') : 'nothing').toBe(made);
      record('consumer', pair);
    });
  });
};
