import { z } from 'zod';
import { fetchedKeys } from '../auth/jwks.ts';
import { SHOP_AUDIENCE, type Issuer } from '../auth/user-tokens.ts';
import { readConfig } from './config.ts';
import type { Toolbox } from './module.ts';

const SETTINGS = {
  OIDC_ISSUER: z.url().optional(),
  OIDC_JWKS_URL: z.url().optional(),
  OIDC_AUDIENCE: z.string().min(1).default(SHOP_AUDIENCE),
  /** Keycloak's; `at+jwt` where an issuer follows RFC 9068. */
  OIDC_TOKEN_TYPE: z.string().min(1).default('Bearer'),
  OIDC_ROLES_CLAIM: z.string().min(1).default('realm_access.roles'),
};

/** The OIDC provider whose tokens the shop accepts beside its own; none by default. Throws `InvalidConfig`. */
export const oidcIssuers = (env: Toolbox['env']): readonly Issuer[] => {
  const config = readConfig(SETTINGS, env);
  const { OIDC_ISSUER: issuer } = config;
  if (issuer === undefined) return [];
  return [
    {
      issuer,
      keys: fetchedKeys(() => config.OIDC_JWKS_URL ?? `${issuer}/protocol/openid-connect/certs`),
      audience: config.OIDC_AUDIENCE,
      type: config.OIDC_TOKEN_TYPE,
      isOwn: false,
      rolesClaim: config.OIDC_ROLES_CLAIM,
    },
  ];
};
