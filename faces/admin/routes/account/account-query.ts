import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../api.ts';
import { createPasskey } from '../../shared/passkeys.ts';

export type Factors = Schemas['Me']['second_factor'];

/** Codes that replace a factor, shown once. */
export type RecoveryCodes = readonly string[];

export const FACTORS = 'factors';

/** The second factors of the user. */
export const factorsQuery = queryOptions({
  queryKey: [FACTORS],
  queryFn: async (): Promise<Factors> => (await dataOf(api.GET('/api/v1/me'))).second_factor,
});

/** Returns recovery codes with the first factor. */
export const addPasskey = async (userId: string, name: string): Promise<RecoveryCodes> => {
  const params = { path: { user_id: userId } };
  const options = await dataOf(api.POST('/api/v1/users/{user_id}/factors/passkeys', { params }));
  const credential = await createPasskey(options);
  const { recovery_codes: codes } = await dataOf(
    api.POST('/api/v1/users/{user_id}/factors/passkeys/confirm', {
      params,
      body: { name, challenge: options.challenge, credential },
    }),
  );
  return codes;
};

export const removePasskey = (userId: string, passkeyId: string): Promise<unknown> =>
  api.DELETE('/api/v1/users/{user_id}/factors/passkeys/{passkey_id}', {
    params: { path: { user_id: userId, passkey_id: passkeyId } },
  });

export type AppKey = Schemas['NewTotp'];

/** The key for an app, which counts once a code of it is confirmed. */
export const beginApp = (userId: string): Promise<AppKey> =>
  dataOf(api.POST('/api/v1/users/{user_id}/factors/totp', { params: { path: { user_id: userId } } }));

/** Returns recovery codes with the first factor. */
export const confirmApp = async (userId: string, code: string): Promise<RecoveryCodes> =>
  (
    await dataOf(
      api.POST('/api/v1/users/{user_id}/factors/totp/confirm', {
        params: { path: { user_id: userId } },
        body: { code },
      }),
    )
  ).recovery_codes;

export const removeApp = (userId: string): Promise<unknown> =>
  api.DELETE('/api/v1/users/{user_id}/factors/totp', { params: { path: { user_id: userId } } });

export const replaceCodes = async (userId: string): Promise<RecoveryCodes> =>
  (
    await dataOf(
      api.POST('/api/v1/users/{user_id}/factors/recovery-codes', { params: { path: { user_id: userId } } }),
    )
  ).recovery_codes;
