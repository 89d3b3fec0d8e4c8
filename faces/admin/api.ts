import createClient, { type Middleware } from 'openapi-fetch';
import { errorOf, ShopError, ShopUnreachable } from '#client/problem.ts';
import type { components, paths } from '#client/generated/api.ts';
import { askForProof, type ProofKind } from './proof.ts';

export { errorOf, ShopError, ShopUnreachable } from '#client/problem.ts';

export type Schemas = components['schemas'];

const reach = async (request: Request): Promise<Response> => {
  try {
    return await fetch(request);
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw new ShopUnreachable(cause);
  }
};

/** What the user must prove for the request to be accepted. */
const neededFor = async (response: Response): Promise<ProofKind | undefined> => {
  if (response.status === 401) return 'sign-in';
  if (response.status !== 403) return undefined;
  return (await errorOf(response.clone(), new Date())).code === 'STEP_UP_REQUIRED' ? 'step-up' : undefined;
};

/** Sends a request; where the user has to sign in or to prove again who they are, asks for it and repeats the request. */
const send = async (request: Request): Promise<Response> => {
  const again = request.clone();
  const response = await reach(request);
  const kind = await neededFor(response);
  return kind !== undefined && (await askForProof(kind)) ? reach(again) : response;
};

const throwing: Middleware = {
  onResponse: async ({ response }) => {
    if (!response.ok) throw await errorOf(response, new Date());
  },
};

/** The gateway takes the session from the cookie, which no script can read, only together with this header. */
const options = { baseUrl: globalThis.location.origin, headers: { 'X-Shop-Client': 'admin' } };

/** Every operation by its path, typed; what is no success is thrown as a `ShopError` or `ShopUnreachable`. */
export const api = createClient<paths>({ ...options, fetch: send });

/** The session itself: never asks for a proof. */
export const sessionApi = createClient<paths>({ ...options, fetch: reach });

api.use(throwing);
sessionApi.use(throwing);

export interface Answer<Data> {
  readonly data?: Data;
  readonly response: Response;
}

/** The body of a success. */
export const dataOf = async <Data>(answer: Promise<Answer<Data>>): Promise<NonNullable<Data>> => {
  const { data } = await answer;
  if (data === undefined || data === null) throw new Error('the answer has no body');
  return data;
};

/** A resource with the version that a change names in `If-Match`. */
export interface Versioned<Data> {
  readonly value: Data;
  readonly etag: string;
}

export const versionedOf = async <Data>(
  answer: Promise<Answer<Data>>,
): Promise<Versioned<NonNullable<Data>>> => {
  const { data, response } = await answer;
  if (data === undefined || data === null) throw new Error('the answer has no body');
  return { value: data, etag: response.headers.get('etag') ?? '' };
};

/** As the header `Audit-Reason` wants it: ASCII, everything else percent-encoded. */
export const auditReason = (reason: string): { 'Audit-Reason'?: string } =>
  reason.trim() === ''
    ? {}
    : { 'Audit-Reason': reason.trim().replace(/[^\x20-\x24\x26-\x7e]/gu, encodeURIComponent) };

export const isRefusal = (error: unknown, ...codes: readonly string[]): error is ShopError =>
  error instanceof ShopError && (codes.length === 0 || codes.includes(error.code));
