import type { Principal } from '#adapters/auth/principal.ts';
import { deniedTo } from '#adapters/http/access.ts';
import { queryOf } from '#adapters/http/endpoint.ts';
import { within } from '#adapters/resilience/within.ts';
import type { Admit } from '../admission.ts';
import { rateClassOf, type Router } from '../routes.ts';
import type { Upstream } from '../upstream.ts';

/** What one of the services that are asked together responded: JSON of a success, or why there is none. */
export type Answer =
  | { readonly outcome: 'answered'; readonly body: unknown }
  /** The caller may not ask this. */
  | { readonly outcome: 'denied' }
  /** Not in time, or not at all. */
  | { readonly outcome: 'missing' };

/** The user, and the request that leads to the calls. */
export interface Caller {
  readonly principal: Principal;
  /** The header with the caller's token. */
  readonly authorization: string | undefined;
  /** The caller's IP address. */
  readonly address: string;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
}

/** Asks services the same as the caller could, with the caller's own token. */
export type AskServices = <Name extends string>(
  caller: Caller,
  questions: ReadonlyMap<Name, string>,
  budgetMs: number,
) => Promise<ReadonlyMap<Name, Answer>>;

export interface AskServicesOptions {
  readonly router: Router;
  readonly admit: Admit;
  readonly upstream: Upstream;
}

export const makeAskServices = ({ router, admit, upstream }: AskServicesOptions): AskServices => {
  const ask = async (caller: Caller, url: string, budgetMs: number): Promise<Answer> => {
    const { principal, authorization, ...asked } = caller;
    const [path = ''] = url.split('?');
    const match = router('GET', path);
    if (!match || 'allowed' in match) return { outcome: 'missing' };
    if (deniedTo(match.route, principal)) return { outcome: 'denied' };
    const work = (signal: AbortSignal) =>
      upstream.answer({
        ...asked,
        match,
        target: path + queryOf(match.route, url),
        headers: { accept: 'application/json', ...(authorization !== undefined && { authorization }) },
        body: undefined,
        principal,
        answerMs: budgetMs,
        isRepeatable: true,
        signal,
      });
    try {
      const { status, body } = await within(budgetMs, match.route.service, (signal) =>
        admit(match.route.service, rateClassOf(match), () => work(signal), signal),
      );
      return status === 200
        ? { outcome: 'answered', body: JSON.parse(body.toString()) as unknown }
        : { outcome: 'missing' };
    } catch {
      return { outcome: 'missing' };
    }
  };
  return async (caller, questions, budgetMs) => {
    const asked = [...questions].map(
      async ([name, url]) => [name, await ask(caller, url, budgetMs)] as const,
    );
    return new Map(await Promise.all(asked));
  };
};
