import { expect, it } from 'vitest';
import type { Role } from '#adapters/auth/principal.ts';
import { makeRouter } from '#adapters/http/router.ts';
import { loadSpec } from '#adapters/http/spec.ts';
import type { Contract } from '#test/kit/pact/contract.ts';
import { atLeastLike, eachLike, integer } from '#test/kit/pact/matchers.ts';
import { asRole } from '#test/kit/pact/permits.ts';
import { byService, OPERATIONS, routesOf } from '../../routes.ts';
import { makeAskServices, type Answer } from '../../staff/ask-services.ts';
import { overviewOf, waitingIn } from '../../staff/overview.ts';
import { foundIn, questionsFor, type Kind } from '../../staff/search.ts';
import { overHttp } from '../../upstream.http.ts';

/** What takes longer fails the test. */
const BUDGET_MS = 10_000;

const specOf = (name: string) => ({
  service: name,
  spec: loadSpec(new URL(`../../../../openapi/${name}.yaml`, import.meta.url)),
});

/** Asks a service at `url` as the gateway does, for a user with this role. */
const askAs = async <Name extends string>(
  role: Role,
  service: string,
  url: string,
  questions: ReadonlyMap<Name, string>,
): Promise<ReadonlyMap<Name, Answer>> => {
  const upstream = overHttp(() => [url])(BUDGET_MS);
  const router = byService(makeRouter(routesOf([specOf(service), specOf(OPERATIONS)])), [service]);
  const ask = makeAskServices({ router, upstream, admit: (_service, _class, work) => work() });
  const caller = {
    principal: { kind: 'user', userId: 'u-1', email: 'a@example.com', name: 'Ada', roles: [role] },
    authorization: `Bearer ${asRole(role)}`,
    address: '203.0.113.7',
    correlationId: 'a story',
    traceparent: undefined,
  } as const;
  try {
    return await ask(caller, questions, BUDGET_MS);
  } finally {
    await upstream.close();
  }
};

interface Searched {
  readonly kind: Kind;
  readonly given: string;
  readonly q: string;
  readonly role: Role;
  /** Made of matchers. */
  readonly item: object;
  /** What is shown of the example. */
  readonly found: object;
}

/** The list of a service that the search for staff asks for. */
export const isSearched = (contract: Contract, service: string, searched: Searched): void => {
  const { kind, given, q, role, item, found } = searched;
  const questions = questionsFor(q);
  const { pathname: path, searchParams } = new URL(questions.get(kind) ?? '', 'http://gateway');
  it(`to find ${kind} for staff`, () =>
    contract.asks(
      {
        given,
        asking: `to find ${kind} for staff`,
        request: { method: 'GET', path, query: Object.fromEntries(searchParams), role },
        response: { status: 200, body: { items: eachLike(item) } },
      },
      async (_, url) => {
        expect(foundIn(await askAs(role, service, url, questions)).found).toEqual({ [kind]: [found] });
      },
    ));
};

/** What operators see of a service. */
export const isOverseen = (contract: Contract, service: string): void => {
  const questions = waitingIn([{ service }]);
  const consumers = [{ consumer: service, lag: 2 }];
  const counts = { outbox_events: 1, dead_letters: 3, failing_tasks: 4 };
  it('to tell operators what waits', () =>
    contract.asks(
      {
        asking: 'for what waits',
        request: { method: 'GET', path: questions.get(service) ?? '', role: 'operator' },
        response: {
          status: 200,
          body: {
            consumers: atLeastLike({ consumer: service, lag: integer(2) }, 0, 1),
            outbox_events: integer(counts.outbox_events),
            dead_letters: integer(counts.dead_letters),
            failing_tasks: integer(counts.failing_tasks),
          },
        },
      },
      async (_, url) => {
        const answers = await askAs('operator', service, url, questions);
        expect(overviewOf([{ service, isReady: true }], answers)).toEqual({
          services: [{ service, ready: true, operations: { ...counts, consumers } }],
          missing: [],
        });
      },
    ));
};
