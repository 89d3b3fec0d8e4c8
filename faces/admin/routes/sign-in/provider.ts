import { queryOptions } from '@tanstack/react-query';
import { dataOf, sessionApi } from '../../api.ts';
import { MARK } from '../../session.ts';

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
