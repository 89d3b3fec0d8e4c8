import { Secret, TOTP } from 'otpauth';
import { openTestService, type Answered, type TestService } from '#test/kit/http.ts';
import { runDueTasks } from '#test/kit/tasks.ts';
import type { TestOptions, TestToolbox } from '#test/kit/toolbox.ts';
import type { EventType } from '#kernel/events.ts';
import { HOLDERS } from '../adapters/clients/holders.http.ts';
import { assemble } from '../main/compose.ts';
import { readUserConfig } from '../main/config.ts';
import { openSecurity } from '../main/security.ts';
import { user } from '../main/module.ts';

/** Hashing as cheap as argon2 allows. */
export const CHEAP = { USER_ARGON2_MEMORY_KIB: '1024', USER_ARGON2_ITERATIONS: '2' };

/** Where clients of use cases are. */
export const NETWORK = '203.0.113.7';

/** The service's parts, on what is kept in `toolbox`. */
export const openParts = async (toolbox: TestToolbox) => {
  const config = readUserConfig({ ...CHEAP, ...toolbox.env });
  const security = await openSecurity(toolbox, config);
  return { ...assemble(toolbox, config, security), security };
};
export type Parts = Awaited<ReturnType<typeof openParts>>;

/** Does what waits to be done, as the service's worker would. */
export const workOff = async (toolbox: TestToolbox): Promise<void> => {
  const { unitOfWork, mailPasswordReset, erasePerson } = await openParts(toolbox);
  await runDueTasks(toolbox, unitOfWork, [mailPasswordReset]);
  await runDueTasks(toolbox, unitOfWork, [erasePerson]);
};

export const PASSWORD = 'correct horse battery';

/** Other services, which erase people at once. */
export const ERASING: NonNullable<TestOptions['clients']> = Object.fromEntries(
  HOLDERS.map((name) => [
    name,
    () => Promise.resolve({ status: 200, body: { done: true, erased: [], kept: [] } }),
  ]),
);

/** @param clients of other services */
export const openUserService = (
  env: Readonly<Record<string, string>> = {},
  clients: TestOptions['clients'] = {},
): Promise<TestService> => openTestService('memory', user, { env: { ...CHEAP, ...env }, clients });

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

/**
 * @param address of the client; that of the test when absent
 * @param deviceToken of an earlier login
 */
export const logIn = (
  { send }: Pick<TestService, 'send'>,
  email: string,
  password: string = PASSWORD,
  address?: string,
  deviceToken?: string,
): Promise<Answered> =>
  send('POST', '/api/v1/auth/login', {
    body: { email, password },
    headers: {
      ...(address === undefined ? {} : { 'x-forwarded-for': address }),
      ...(deviceToken === undefined ? {} : { 'device-token': deviceToken }),
    },
  });

/** A customer who has registered and logged in. */
export const registered = async (
  service: Pick<TestService, 'send'>,
  email = 'ada@example.com',
): Promise<Registered> => {
  const { body: profile } = await service.send('POST', '/api/v1/users', { body: registration(email) });
  const { body: grant } = await logIn(service, email);
  return {
    userId: String(profile.user_id),
    email,
    token: String(grant.access_token),
    refreshToken: String(grant.refresh_token),
  };
};

/** A customer who has also proved their address. */
export const proven = async (service: TestService, email = 'ada@example.com'): Promise<Registered> => {
  const customer = await registered(service, email);
  await service.send('POST', '/api/v1/auth/email/confirm', {
    body: { token: await mailedTo(service, email) },
  });
  return customer;
};

/** The code that an authenticator app shows. */
export const codeOf = (secret: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });

export interface Enrolled {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** Adds an authenticator app to the account. */
export const enrolled = async (
  { send, toolbox }: TestService,
  { userId, token }: Pick<Registered, 'userId' | 'token'>,
): Promise<Enrolled> => {
  const path = `/api/v1/users/${userId}/factors/totp`;
  const { body } = await send('POST', path, { token });
  const secret = String(body.secret);
  const code = codeOf(secret, toolbox.clock.now());
  const confirmed = await send('POST', `${path}/confirm`, { token, body: { code } });
  return { secret, recoveryCodes: confirmed.body.recovery_codes };
};

/** The token in the last event of this type about the address. */
const lastToken = async (
  { toolbox }: Pick<TestService, 'toolbox'>,
  type: EventType,
  email: string,
): Promise<string> => {
  const last = (await toolbox.announced()).findLast(
    ({ event_type, payload }) => event_type === type && 'email' in payload && payload.email === email,
  );
  if (!last || !('token' in last.payload)) throw new Error(`no token was mailed to ${email}`);
  return last.payload.token;
};

/** The last token that was mailed to prove this address. */
export const mailedTo = (service: Pick<TestService, 'toolbox'>, email: string): Promise<string> =>
  lastToken(service, 'user.email_verification_requested', email);

/** Requests a new password, and returns the mailed token. */
export const resetToken = async (service: TestService, email: string): Promise<string> => {
  await service.send('POST', '/api/v1/auth/password-reset', { body: { email } });
  await workOff(service.toolbox);
  return lastToken(service, 'user.password_reset_requested', email);
};
