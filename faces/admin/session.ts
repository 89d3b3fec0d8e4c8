import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { components } from '#openapi/generated/gateway.ts';
import { dataOf, isRefusal, sessionApi } from './api.ts';

export type Session = components['schemas']['BrowserSession'];
export type Proof = components['schemas']['Proof'];

const header = { 'X-Shop-Client': 'admin' } as const;

/** Null if nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await dataOf(sessionApi.GET('/bff/session', { params: { header } }));
    } catch (error) {
      if (isRefusal(error) && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

export const signIn = (proof: Proof): Promise<Session> =>
  dataOf(sessionApi.POST('/bff/session', { params: { header }, body: proof }));

export const stepUp = async (proof: Proof): Promise<void> => {
  await sessionApi.POST('/bff/session/step-up', { params: { header }, body: proof });
};

export const signOut = async (): Promise<void> => {
  await sessionApi.DELETE('/bff/session', { params: { header } });
};

/** The session, inside of pages that need one. */
export const useSession = (): Session => {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error('nobody is signed in');
  return data;
};

export const mayOf = (session: Session, permission: string): boolean => session.permissions.includes(permission);

/** Whether the user may do something, such as `order:write`. */
export const useMay = (): ((permission: string) => boolean) => {
  const session = useSession();
  return (permission) => mayOf(session, permission);
};
