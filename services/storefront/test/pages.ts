import type { Page } from '#contracts/pages/storefront.ts';
import type { Customer, Outcome, Pages, Request } from '../core/application/visited.ts';
import type { Shop, Visit } from '../core/ports/shop.ts';
import { fakeShop, USER } from './fake-shop.ts';

/** The tools of use cases, with a fake shop that `changes` replace parts of. */
export const fakePages = (changes: Partial<Shop> = {}) => {
  const { shopFor, ...noted } = fakeShop(changes);
  const pages: Pages = { shopFor, publicUrl: () => 'https://shop.example' };
  return { pages, ...noted };
};

export const customer: Customer = { userId: USER, name: 'Sam', email: 'sam@example.com' };

const visit: Visit = {
  language: 'en',
  hasProvider: false,
  isOfProvider: false,
  origin: undefined,
  token: undefined,
  guestCart: undefined,
  orderTokens: [],
  draft: undefined,
  pass: undefined,
  deviceToken: undefined,
  userAgent: undefined,
};

export const guest: Request = { visit, customer: undefined, path: '/' };
export const guestWithCart: Request = {
  ...guest,
  visit: { ...visit, guestCart: { id: 'c-0', token: 'guest-token' } },
};
export const signedIn: Request = { ...guest, customer };
/** Logged in at the OIDC provider. */
export const ofProvider: Request = { ...signedIn, visit: { ...visit, isOfProvider: true } };

/** The frame of the page that a request leads to. Throws if it leads elsewhere. */
export const frameOf = (outcome: Outcome) => {
  if (outcome?.kind !== 'page') throw new Error(`no page, but ${JSON.stringify(outcome)}`);
  return outcome.frame;
};

/** That page, if it is of this kind. Throws on any other. */
export const pageOf = <Kind extends Page['kind']>(
  outcome: Outcome,
  kind: Kind,
): Extract<Page, { readonly kind: Kind }> => {
  const { page } = frameOf(outcome);
  const is = (one: Page): one is Extract<Page, { readonly kind: Kind }> => one.kind === kind;
  if (!is(page)) throw new Error(`a page of the kind ${page.kind}`);
  return page;
};
