import { openTestService, type Answered, type TestService } from '#test/kit/http.ts';
import { user } from '../main/module.ts';

/** Hashing as cheap as argon2 allows. */
export const CHEAP = { USER_ARGON2_MEMORY_KIB: '1024', USER_ARGON2_ITERATIONS: '2' };

export const PASSWORD = 'correct horse battery';

export const openUserService = (env: Readonly<Record<string, string>> = {}): Promise<TestService> =>
  openTestService('memory', user, { env: { ...CHEAP, ...env } });

export interface Registered {
  readonly userId: string;
  readonly email: string;
  /** An access token. */
  readonly token: string;
  readonly refreshToken: string;
}

export const registration = (email: string) => ({
  email,
  password: PASSWORD,
  first_name: 'Ada',
  last_name: 'Lovelace',
});

export const logIn = ({ send }: TestService, email: string, password: string = PASSWORD): Promise<Answered> =>
  send('POST', '/api/v1/auth/login', { body: { email, password } });

/** A customer who has registered and logged in. */
export const registered = async (service: TestService, email = 'ada@example.com'): Promise<Registered> => {
  const { body: profile } = await service.send('POST', '/api/v1/users', { body: registration(email) });
  const { body: grant } = await logIn(service, email);
  return {
    userId: String(profile.user_id),
    email,
    token: String(grant.access_token),
    refreshToken: String(grant.refresh_token),
  };
};
