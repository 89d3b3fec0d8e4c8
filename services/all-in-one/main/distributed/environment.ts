import type { ServiceModule } from '#adapters/service/module.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A part of the shop, and what it reads of the environment besides variables that begin with its own name (`CART_…`). */
export type Part = Pick<ServiceModule, 'name' | 'settings' | 'store' | 'isStateless'>;

/** What every process may read: names, and prefixes that end with `_`. */
const COMMON = [
  // of the shop
  'KAFKA_',
  'LOG_LEVEL',
  'OIDC_',
  'OTEL_',
  'SHOP_',
  'SHUTDOWN_DRAIN_MS',
  'USER_ISSUER',
  // of Node and the operating system
  'HOME',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'LANG',
  'LC_',
  'MALLOC_ARENA_MAX',
  'NODE_',
  'NO_PROXY',
  'PATH',
  'SSL_CERT_',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
];

/** Of the store that holds its state. */
const STORES = {
  postgres: ['DATABASE_POOL', 'DATABASE_STATEMENT_MS'],
  mongo: ['MONGODB_'],
  redis: ['REDIS_'],
};

const isNamed = (variable: string, names: readonly string[]): boolean =>
  names.some((name) => (name.endsWith('_') ? variable.startsWith(name) : variable === name));

/** Whether a part of the shop may read a variable; secrets of the others it may not. */
export const mayRead = (part: Part, variable: string): boolean => {
  const { name, settings = [], store = 'postgres', isStateless = false } = part;
  const ofStore = isStateless ? [] : STORES[store];
  return isNamed(variable.toUpperCase(), [...COMMON, `${name.toUpperCase()}_`, ...ofStore, ...settings]);
};

/** Its share of the environment. */
export const environmentOf = (part: Part, env: Env): Env =>
  Object.fromEntries(Object.entries(env).filter(([variable]) => mayRead(part, variable)));
