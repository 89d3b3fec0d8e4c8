import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { paths } from '#client/generated/api.ts';
import { dataOf, isRefusal, sessionApi, type Schemas } from './api.ts';

type SessionPath = paths['/bff/session'];

export type Session = SessionPath['get']['responses'][200]['content']['application/json'];

/** By what users prove who they are: the password, then the second factor; or a passkey alone. */
export type Proof = Schemas['Credentials'] | Schemas['FactorProof'] | Schemas['PasskeyLogin'];

const header = { 'X-Shop-Client': 'admin' } as const;

/** Whether someone has signed in here and not out again; the session itself is in a cookie that no script can read. */
export const MARK = 'admin-signed-in';
const isMarked = (): boolean => localStorage.getItem(MARK) !== null;

/** Null if nobody is signed in. */
export const fetchSession = async (): Promise<Session | null> => {
  if (!isMarked()) return null;
  try {
    return await dataOf(sessionApi.GET('/bff/session', { params: { header } }));
  } catch (error) {
    if (isRefusal(error) && error.status === 401) return null;
    throw error;
  }
};

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: fetchSession,
  staleTime: Infinity,
});

export const signIn = async (proof: Proof): Promise<Session> => {
  const session = await dataOf(sessionApi.POST('/bff/session', { params: { header }, body: proof }));
  localStorage.setItem(MARK, '1');
  return session;
};

export const stepUp = async (proof: Exclude<Proof, Schemas['PasskeyLogin']>): Promise<void> => {
  const body = 'challenge' in proof ? proof : { password: proof.password };
  await sessionApi.POST('/bff/session/step-up', { params: { header }, body });
};

/** Returns where to go on, to end the session at the OIDC provider as well. */
export const signOut = async (): Promise<string | undefined> => {
  const { data } = await sessionApi.DELETE('/bff/session', { params: { header } });
  localStorage.removeItem(MARK);
  return data?.continue_at;
};

/** The session, inside of pages that need one. */
export const useSession = (): Session => {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error('nobody is signed in');
  return data;
};

export const mayOf = (session: Session, permission: string): boolean =>
  session.permissions.includes(permission);

/** Whether the user may do something, such as `order:write`. */
export const useMay = (): ((permission: string) => boolean) => {
  const session = useSession();
  return (permission) => mayOf(session, permission);
};
