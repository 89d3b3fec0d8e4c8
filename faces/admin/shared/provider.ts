import { queryOptions } from '@tanstack/react-query';
import { dataOf, sessionApi } from '../api.ts';
import { MARK } from '../session.ts';

/** The path at which a sign-in at the OIDC provider begins; null if there is no provider. */
export const providerQuery = queryOptions({
  queryKey: ['provider'],
  queryFn: async (): Promise<string | null> => {
    const params = { header: { 'X-Shop-Client': 'admin' } } as const;
    return (await dataOf(sessionApi.GET('/bff/logins', { params }))).provider ?? null;
  },
  staleTime: Infinity,
});

/** Leaves this application; the provider leads back to `path`. */
export const signInAtProvider = (provider: string, path: string): void => {
  localStorage.setItem(MARK, '1');
  location.assign(`${provider}?${new URLSearchParams({ return_to: path }).toString()}`);
};

/** Less than what any step-up allows, so that it is still one when the request is repeated. */
const RECENT_S = '60';

/** Where users prove at the provider again who they are; it leads to the page that calls `tellProven`. */
export const proofAddress = (provider: string): string =>
  `${provider}?${new URLSearchParams({ max_age: RECENT_S, return_to: '/admin/confirmed' }).toString()}`;

/** The provider's tab has no opener, as the policies of both sites isolate it. */
const CHANNEL = 'proof';

/** Tells the other tabs that the user has come back from the provider. */
export const tellProven = (): void => {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('proven');
  channel.close();
};

/** @returns how to stop */
export const onProven = (listener: () => void): (() => void) => {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', listener);
  return () => channel.close();
};
