import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressVariable } from '#adapters/service/addresses.ts';
import { readConfig } from '#adapters/service/config.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import { openProcess } from '#adapters/service/process.ts';
import { readCassandra } from '#analytics/main/settings.ts';
import { atFileEnd, temporaryFolder } from '#test/kit/cleanup.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { ownFilesOf } from '../package/own-files.ts';
import { repository } from '../package/repository.ts';
import { SERVICES } from './images.ts';

export type Env = Readonly<Record<string, string>>;

/** The variable with the store of a service. */
export const STORES = { postgres: 'DATABASE_URL', mongo: 'MONGODB_URL', redis: 'REDIS_URL' };

/** Addresses that a service asks for only when it needs them. */
const ASKED_LATER: Readonly<Record<string, readonly string[]>> = {
  order: ['payment.grpc'],
  storefront: ['gateway'],
};

/** Settings that a service reads only when it needs them; each function throws `InvalidConfig`. */
const READ_LATER: Readonly<Record<string, (env: Env) => unknown>> = { analytics: readCassandra };

/** Makes keys for all services, in a folder of each. */
export const makeKeys = (): string => {
  const keys = temporaryFolder();
  for (const service of SERVICES) mkdirSync(join(keys, service));
  execFileSync(process.execPath, [fileURLToPath(new URL('keys.ts', import.meta.url)), keys]);
  return keys;
};

/** The environment, and what is read of it. */
const watched = (given: Env) => {
  const read = new Set<string>();
  const note = (name: string | symbol): void => void (typeof name === 'string' && read.add(name));
  const env = new Proxy<Record<string, string>>(
    { ...given },
    {
      get: (from, name) => (note(name), Reflect.get(from, name) as unknown),
      has: (from, name) => (note(name), Reflect.has(from, name)),
    },
  );
  return { read, env };
};

/** What is wrong with the environment of a service: variables that it does not read, or that it lacks. Throws if a value is invalid. */
export const troublesOf = async (module: ServiceModule, given: Env): Promise<readonly string[]> => {
  const { name, store = 'postgres', isStateless = false, needs = {} } = module;
  const { read, env } = watched(given);
  const callees = new Set(['user', ...(ASKED_LATER[name] ?? [])]);
  const client = (callee: string) => {
    callees.add(callee);
    return () => Promise.reject(new Error('nobody is asked here'));
  };
  const { bus } = await openProcess(name, env);
  atFileEnd(() => bus.stop());
  readConfig(needs, env);
  const toolbox = await openToolbox('memory', module);
  await module.compose({ ...toolbox, profile: 'distributed', client, env });
  READ_LATER[name]?.(env);
  const required = [...callees].map(addressVariable);
  if (!isStateless) required.push(STORES[store]);
  return [
    ...required.filter((variable) => !(variable in given)).map((variable) => `${variable} is missing`),
    ...Object.keys(given)
      .filter((variable) => !read.has(variable) && !required.includes(variable))
      .map((variable) => `${variable} is not read`),
  ];
};

/** The code of those that are no modules. */
const codeOf = (service: string): string => {
  const { root, aliases, dependencies } = repository();
  const python = globSync(`services/${service}/**/*.py`, { cwd: root });
  const entry = `services/${service}/main/server.ts`;
  const files =
    python.length > 0 ? python : ownFilesOf(root, entry, aliases, new Set(Object.keys(dependencies))).modules;
  return files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
};

/** The variables that do not occur in the code of a service which is no module; the gateway reads addresses by the name of the service. */
export const unreadBy = (service: string, variables: readonly string[]): readonly string[] => {
  const code = codeOf(service);
  const isAddress = (variable: string): boolean =>
    service === 'gateway' && SERVICES.some((name) => addressVariable(name) === variable);
  return variables.filter((variable) => !isAddress(variable) && !new RegExp(`\\b${variable}\\b`).test(code));
};
