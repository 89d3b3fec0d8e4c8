import type { Entered, FormFault } from '#contracts/pages/storefront.ts';
import { ownPath } from '#kernel/own-path.ts';
import { faultOf, formFaults } from '../domain/form-faults.ts';
import { hrefWith } from '../domain/links.ts';
import type { Grant, Refused, Registration } from '../ports/shop.ts';
import type { Result } from '#kernel/result.ts';
import {
  framed,
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
  type SessionChange,
  type Visited,
} from './visited.ts';

export interface Login {
  readonly email: string;
  readonly password: string;
  /** With a code, completes a login instead. */
  readonly challenge: string;
  readonly code: string;
  readonly returnTo: string | undefined;
}

const showLogin = (
  now: Visited,
  returnTo: string,
  entered: Entered = {},
  refused?: Refused,
  notice?: string,
): Promise<Outcome> => {
  const faults: readonly FormFault[] =
    refused && refused.code !== 'SECOND_FACTOR_REQUIRED' ? [faultOf(refused)] : [];
  const challenge = refused?.challenge ?? (refused?.code === 'WRONG_CODE' ? entered['challenge'] : undefined);
  const providerHref = now.request.visit.hasProvider
    ? hrefWith('/bff/login/shop', [['return_to', returnTo]])
    : undefined;
  return framed(now, { kind: 'login', notice, providerHref, returnTo, entered, faults, challenge });
};

export const makeShowLogin =
  (pages: Pages) =>
  (request: Request, returnTo: string | undefined, notice: string | undefined): Promise<Outcome> =>
    showLogin(visited(pages, request), ownPath(returnTo), {}, undefined, notice);

/** The session of a login, with the guest cart merged into the customer's; what does not fit there is lost with it. */
const sessionOf = async (pages: Pages, request: Request, grant: Grant): Promise<SessionChange> => {
  const { guestCart } = request.visit;
  if (!guestCart) return { grant: grant.sealed };
  const visit = { ...request.visit, token: grant.accessToken, guestCart: undefined };
  const merged = await pages.shopFor(visit).mergeCart(grant.userId, guestCart.token);
  return merged.ok ? { grant: grant.sealed, cart: null } : { grant: grant.sealed };
};

export const makeLogIn =
  (pages: Pages) =>
  async (request: Request, login: Login): Promise<Outcome> => {
    const now = visited(pages, request);
    const { email, password, challenge, code } = login;
    const returnTo = ownPath(login.returnTo);
    const granted: Result<Grant, Refused> =
      challenge === '' ? await now.shop.logIn(email, password) : await now.shop.proveFactor(challenge, code);
    if (!granted.ok) return showLogin(now, returnTo, { email, challenge }, granted.error);
    return see(returnTo, await sessionOf(pages, request, granted.value));
  };

export const logOut = (): Outcome => see('/', { ended: true });

const showRegistration = (now: Visited, returnTo: string, entered: Entered, faults: readonly FormFault[]) =>
  framed(now, { kind: 'registration', returnTo, entered, faults });

export const makeShowRegistration =
  (pages: Pages) =>
  (request: Request, returnTo: string | undefined): Promise<Outcome> =>
    showRegistration(visited(pages, request), ownPath(returnTo), {}, []);

const FIELDS: Readonly<Record<string, string>> = {
  WEAK_PASSWORD: 'password',
  INVALID_NAME: 'first_name',
};

/**
 * Opens an account and logs in with it. If the address has an account with another password, the login fails, and the page says no
 * more than that the owner of the address gets a mail.
 */
export const makeRegister =
  (pages: Pages) =>
  async (request: Request, registration: Registration, wanted: string | undefined): Promise<Outcome> => {
    const now = visited(pages, request);
    const returnTo = ownPath(wanted);
    const { email, password, firstName, lastName } = registration;
    const registered = await now.shop.register(registration);
    if (!registered.ok) {
      const faults = formFaults(registered.error, FIELDS);
      return showRegistration(now, returnTo, Object.fromEntries([['email', email], ['first_name', firstName], ['last_name', lastName]]), faults); // prettier-ignore
    }
    const granted = await now.shop.logIn(email, password);
    if (!granted.ok)
      return showLogin(now, returnTo, { email }, { ...granted.error, code: 'CHECK_YOUR_MAIL' });
    return see(returnTo, await sessionOf(pages, request, granted.value));
  };

const PER_NAME = 3;

export const makeShowAccount =
  (pages: Pages) =>
  async (
    request: Request,
    customer: Customer,
    cursor: string | undefined,
    notice: string | undefined,
  ): Promise<Outcome> => {
    const now = visited(pages, request);
    const { shop, format } = now;
    const [{ items, next }, visitor] = await Promise.all([
      shop.orders(customer.userId, cursor),
      visitorOf(now),
    ]);
    return framed(
      now,
      {
        kind: 'account',
        notice,
        name: customer.name,
        email: customer.email,
        orders: items.map((order) => ({
          href: `/orders/${order.orderId}`,
          number: order.number,
          date: format.date(order.placedAt),
          status: order.status,
          summary: order.items
            .slice(0, PER_NAME)
            .map(({ name }) => name)
            .join(', '),
          total: format.price(order.total),
        })),
        nextHref: next === undefined ? undefined : hrefWith('/account', [['cursor', next]]),
      },
      { visitor },
    );
  };
