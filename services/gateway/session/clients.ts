import type { CookieOptions, Request } from 'express';

/** The faces of the shop: each has a session of its own in the same browser. */
export const CLIENTS = ['admin', 'shop'] as const;

export type Client = (typeof CLIENTS)[number];

/** The client that a page names in `X-Shop-Client`. Undefined without the header, or with another value. */
export const clientNamed = (name: string | string[] | undefined): Client | undefined =>
  CLIENTS.find((client) => client === name);

const DAY_MS = 86_400_000;

/** `lax`, so that a link in a mail arrives signed in. The staff's session ends with the browser. */
const COOKIES: Readonly<Record<Client, CookieOptions>> = {
  admin: { sameSite: 'strict' },
  shop: { sameSite: 'lax', maxAge: 30 * DAY_MS }, // as long as a refresh token is valid
};

/** The proof that an account has logged in here before: kept when its session ends. */
const DEVICE: CookieOptions = { sameSite: 'strict', maxAge: 180 * DAY_MS };

export interface Cookie {
  readonly name: string;
  readonly options: CookieOptions;
}

/**
 * With TLS, browsers accept `__Host-` only from this very host, so that no other one of the domain can plant a session. Without TLS,
 * on a laptop, Safari would drop such a cookie.
 */
const cookie = (name: string, options: CookieOptions, { secure }: Pick<Request, 'secure'>): Cookie => ({
  name: secure ? `__Host-${name}` : name,
  options: { ...options, httpOnly: true, path: '/', secure },
});

export const sessionCookie = (client: Client, request: Pick<Request, 'secure'>): Cookie =>
  cookie(client, COOKIES[client], request);

export const deviceCookie = (client: Client, request: Pick<Request, 'secure'>): Cookie =>
  cookie(`${client}-device`, DEVICE, request);

const LOGIN_MS = 10 * 60_000;

/** Remembers a login at the OIDC provider until the browser comes back from there, which is another site. */
export const loginCookie = (client: Client, request: Pick<Request, 'secure'>): Cookie =>
  cookie(`${client}-login`, { sameSite: 'lax', maxAge: LOGIN_MS }, request);

/** Knows a visit again. It ends with the browser. */
export const visitCookie = (request: Pick<Request, 'secure'>): Cookie =>
  cookie('visit', { sameSite: 'lax' }, request);

/** Names the session at the OIDC provider, to end it. As long as the session of the shop lasts. */
export const providerCookie = (client: Client, request: Pick<Request, 'secure'>): Cookie =>
  cookie(`${client}-provider`, COOKIES[client], request);

/** Keeps what the visitor has entered at the checkout: beside the tokens of a provider, the session's cookie has no room for it. */
export const draftCookie = (client: Client, request: Pick<Request, 'secure'>): Cookie =>
  cookie(`${client}-draft`, COOKIES[client], request);

/** The value of a cookie, which is one of ours: without characters that need decoding. */
export const cookieIn = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
