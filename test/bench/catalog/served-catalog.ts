/** The catalog service over HTTP, on a database that has its tables. */
import { generateKey, makeServiceTokens, makeSigner, publicJwk } from '#adapters/auth/tokens.ts';
import { makeUserSigner, makeUserVerifier, ownIssuer } from '#adapters/auth/user-tokens.ts';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { makeAddresses } from '#adapters/service/addresses.ts';
import { openService } from '#adapters/service/host.ts';
import { makeToolbox } from '#adapters/service/toolbox.ts';
import { catalog } from '#catalog/main/module.ts';

const ISSUER = 'https://shop.bench';
/** Longer than a bench takes. */
const LIFETIME_S = 86_400;

export interface ServedCatalog {
  readonly url: string;
  /** May read the lists for staff. */
  readonly staffToken: string;
  /** A token that may read offers, as the cart does. */
  readonly offersToken: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export const serveCatalog = async (database: SqlDatabase): Promise<ServedCatalog> => {
  const logger = makeLogger({ service: 'catalog', level: 'error' });
  const [key, userKey, cartKey] = await Promise.all(['catalog', 'user', 'cart'].map(generateKey));
  if (!key || !userKey || !cartKey) throw new Error('three keys were generated');
  const serviceKeys = { keys: [publicJwk(userKey), publicJwk(cartKey)] };
  const host = await makeToolbox({
    name: 'catalog',
    profile: 'distributed',
    store: { kind: 'sql', database, schema: 'catalog' },
    bus: new InProcessBus(noJournal, logger),
    addresses: makeAddresses(),
    env: {},
    logger,
    key,
    serviceKeys,
    users: makeUserVerifier(ownIssuer(ISSUER, () => Promise.resolve(serviceKeys))),
    issuer: ISSUER,
  });
  const service = await openService(catalog, {
    ...host,
    host: '127.0.0.1',
    port: 0,
    validateResponses: false,
    isAlone: false,
  });
  const cartTokens = makeServiceTokens('cart', await makeSigner(cartKey));
  const sign = await makeUserSigner(userKey, ISSUER);
  const member = {
    sub: 'u-1',
    email: 'staff@example.com',
    name: 'Staff',
    roles: ['catalog_manager'] as const,
  };
  return {
    url: `http://127.0.0.1:${service.port}`,
    staffToken: await sign(member, LIFETIME_S),
    offersToken: () => cartTokens('catalog', 'offers:read'),
    close: () => service.stop(),
  };
};
