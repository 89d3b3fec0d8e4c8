import type { Request, Response } from 'express';
import { z } from 'zod';
import type { CachedAnswer } from '../response-cache.ts';
import type { Browser } from '../session/browser.ts';
import type { BrowserSessions } from '../session/browser-sessions.ts';
import { cookieIn, deviceCookie } from '../session/clients.ts';
import { AccessGrant, Grant } from '../session/grant.ts';
import { languageCookie, LANGUAGES, type Language } from './languages.ts';
import type { Session } from '../session/seal.ts';
import type { PagePasses } from './page-passes.ts';

/** Tells the server of the pages who visits. Only the gateway sets it. */
export const VISIT = 'shop-visit';
/** Shows for which request of a page a call is made. */
export const PASS = 'page-pass';
/** By which the server of the pages changes what the gateway keeps for the browser. It never reaches the browser. */
const SESSION = 'shop-session';

/** In a cookie, encrypted and as text, less than the 4 KB that browsers keep. */
const MOST_DRAFT = 1_500;
const MOST_ORDERS = 5;

const SessionChange = z.object({
  grant: Grant.optional(),
  proof: AccessGrant.optional(),
  cart: z.object({ id: z.string(), token: z.string() }).nullable().optional(),
  draft: z.string().max(MOST_DRAFT).nullable().optional(),
  order: z.string().optional(),
  device: z.string().optional(),
  language: z.enum(LANGUAGES).optional(),
  ended: z.literal(true).optional(),
});

export interface PageOptions {
  readonly sessions: BrowserSessions;
  readonly passes: PagePasses;
  /** Whether users log in at an OIDC provider. */
  readonly hasProvider: boolean;
}

/** The request of a page. */
export interface Page {
  readonly language: Language;
  /** The header `Shop-Visit`; of a page that all visitors share, it contains nothing about this one. */
  visit(isShared: boolean): Promise<string>;
  /** Keeps for the browser what the response says; returns the response for the browser. */
  kept(answer: CachedAnswer): Promise<CachedAnswer>;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const makePage = (
  { sessions, passes, hasProvider }: PageOptions,
  request: Request,
  response: Response,
  language: Language,
  browser: Browser | undefined,
): Page => ({
  language,
  visit: async (isShared) => {
    const provider = hasProvider ? true : undefined;
    if (isShared) return encoded({ language, provider, pass: passes.issue('') });
    const { cart, tokens, orders } = browser?.session ?? {};
    return encoded({
      language,
      provider,
      pass: passes.issue(request.ip ?? ''),
      origin: `${request.protocol}://${request.get('host') ?? ''}`,
      token: tokens?.access,
      of_provider: tokens?.isOfProvider,
      cart,
      draft: browser && (await sessions.draftIn(request, browser)),
      orders,
      device: browser && cookieIn(browser.cookies, deviceCookie(browser.client, request).name),
      agent: request.get('user-agent')?.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 400), // prettier-ignore
    });
  },
  kept: async ({ status, headers: { [SESSION]: change, ...headers }, body }) => {
    if (change !== undefined && browser) {
      const read: unknown = JSON.parse(Buffer.from(change, 'base64url').toString());
      const wanted = SessionChange.parse(read);
      await keep(sessions, request, response, browser, wanted);
      if (wanted.ended && browser.session.tokens?.isOfProvider === true)
        return { status, headers: { ...headers, location: `/bff/logout/${browser.client}` }, body };
    }
    return { status, headers, body };
  },
});

const keep = async (
  sessions: BrowserSessions,
  request: Request,
  response: Response,
  browser: Browser,
  { grant, proof, device, language, ended, draft, ...changed }: z.infer<typeof SessionChange>,
): Promise<void> => {
  if (language !== undefined) {
    const { name, options } = languageCookie(request);
    response.cookie(name, language, options);
  }
  if (device !== undefined) sessions.keepDevice(request, response, browser.client, device);
  if (draft !== undefined) await sessions.keepDraft(request, response, browser.client, draft);
  const session = changedBy(browser.session, changed);
  if (grant) await sessions.begin(request, response, { ...browser, session }, grant);
  else if (proof) await sessions.stepUp(request, response, browser, proof);
  else if (ended) await sessions.end(request, response, browser);
  else if (Object.keys(changed).length > 0) await sessions.keep(request, response, browser.client, session);
};

/** `null` forgets. */
const changedBy = (
  session: Session,
  { cart = session.cart, order }: Pick<z.infer<typeof SessionChange>, 'cart' | 'order'>,
): Session => ({
  ...session,
  cart: cart ?? undefined,
  ...(order === undefined
    ? {}
    : { orders: [...new Set([order, ...(session.orders ?? [])])].slice(0, MOST_ORDERS) }),
});
