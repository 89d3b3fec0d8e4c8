import { createHash } from 'node:crypto';
import type { Principal } from '#adapters/auth/principal.ts';
import { pagePolicy } from '#adapters/http/page-policy.ts';
import { HttpProblem } from '#adapters/http/problem.ts';
import { err, type Err, type Refusal } from '#kernel/result.ts';
import type { Customer, Outcome, Request, SessionChange } from '../../core/application/visited.ts';
import type { Render } from '../../core/ports/render.ts';
import { visitOf } from './visit.ts';

/** What the handlers of pages receive. */
export interface Asked {
  readonly headers: { readonly 'shop-visit'?: string };
  readonly principal: Principal;
}

type Refused = Err<Refusal<'NOT_FOUND'>>;

export const NOT_FOUND: Refused = err({ code: 'NOT_FOUND', detail: 'There is no such page.' });

/** Pages may be shown again only after asking whether they have changed. */
export const REVALIDATED = 'no-cache';

/** The gateway takes the header away, and keeps what it says for the browser. */
const sessionHeader = (session: SessionChange | undefined): Record<string, string> =>
  session === undefined
    ? {}
    : { 'Shop-Session': Buffer.from(JSON.stringify(keptOf(session))).toString('base64url') };

/** The gateway keeps a draft as text. */
const keptOf = ({ draft, ...session }: SessionChange): object =>
  draft === undefined ? session : { ...session, draft: draft && JSON.stringify(draft) };

const customerOf = (principal: Principal): Customer | undefined =>
  principal.kind === 'user'
    ? { userId: principal.userId, name: principal.name, email: principal.email }
    : undefined;

export const requestOf = ({ headers, principal }: Asked, path: string): Request => ({
  visit: visitOf(headers['shop-visit']),
  customer: customerOf(principal),
  path,
});

/** The customer, where only customers come. */
export const required = ({ customer }: Request): Customer => {
  if (!customer) throw new HttpProblem('UNAUTHENTICATED', 'A login is required.');
  return customer;
};

export interface AnswerOptions {
  readonly render: Render;
  /** Origin of the payment gateway, to which the checkout leads. */
  readonly paymentOrigin: () => string;
  /** From which pictures come, besides the shop's own. */
  readonly mediaOrigins: readonly string[];
}

export type Answers = ReturnType<typeof makeAnswers>;

/** Turns outcomes into responses, for operations that may lead to a page, to another one, or to either. */
export const makeAnswers = ({ render, paymentOrigin, mediaOrigins }: AnswerOptions) => {
  const page = async (frame: Parameters<Render['page']>[0], session?: SessionChange) => {
    const body = await render.page(frame);
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    return {
      status: 200 as const,
      type: 'text/html' as const,
      headers: {
        'Cache-Control': REVALIDATED,
        // The form of the checkout leads to the payment gateway by a redirect, to which `form-action` applies.
        'Content-Security-Policy': pagePolicy({
          formTargets: frame.page.kind === 'checkout' ? [paymentOrigin()] : [],
          pictures: mediaOrigins,
        }),
        ...(frame.visitor === undefined && { ETag: etag }),
        ...sessionHeader(session),
      },
      body,
    };
  };

  /** For pages that may have another address. */
  const orMoved = async (outcome: Promise<Outcome>) => {
    const made = await outcome;
    if (made?.kind === 'page') return page(made.frame, made.session);
    return made ? { status: 301 as const, headers: { Location: made.to } } : NOT_FOUND;
  };

  /** For pages after which another one may come. */
  const orSee = async (outcome: Outcome | Promise<Outcome>) => {
    const made = await outcome;
    if (made?.kind === 'page') return page(made.frame, made.session);
    if (!made) return NOT_FOUND;
    const session = made.kind === 'see' ? made.session : undefined;
    return { status: 303 as const, headers: { Location: made.to, ...sessionHeader(session) } };
  };

  const onlySee = async (outcome: Outcome | Promise<Outcome>) => {
    const made = await orSee(outcome);
    if ('ok' in made || made.status === 303) return made;
    throw new Error('a page where another one must follow');
  };

  const onlyPage = async (outcome: Promise<Outcome>) => {
    const made = await orSee(outcome);
    if ('ok' in made || made.status === 200) return made;
    throw new Error(`${made.headers.Location} where a page must follow`);
  };

  return { orMoved, orSee, onlySee, onlyPage };
};
