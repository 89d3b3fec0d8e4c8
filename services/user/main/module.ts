import { Container } from 'inversify';
import { publicJwk } from '#adapters/auth/tokens.ts';
import type { Composition, ServiceModule, Toolbox } from '#adapters/service/module.ts';
import { makeWorker } from '#adapters/service/parts.ts';
import { HOUR } from '#kernel/clock.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { adapters, StoragePort, UnitOfWorkPort } from './adapters.ts';
import { application, ChoresPort, UseCases } from './application.ts';
import { configuredAccounts } from './attachments.ts';
import { readUserConfig } from './config.ts';

const compose = async (toolbox: Toolbox): Promise<Composition> => {
  const config = readUserConfig(toolbox.env);
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(...adapters(toolbox, config), application(toolbox, config));
  const { configureAccount, forgetOld, mailPasswordReset } = await container.getAsync(ChoresPort);
  const publicKey = { ...publicJwk(toolbox.key), kty: 'OKP', kid: toolbox.key.kid };
  return {
    handlers: makeHandlers(await container.getAsync(UseCases), publicKey, toolbox.security),
    errors,
    workers: [makeWorker(toolbox, container.get(UnitOfWorkPort), mailPasswordReset)],
    attachments: [...container.get(StoragePort), configuredAccounts(config.USER_ACCOUNTS, configureAccount)],
    sweeps: [{ name: 'sessions, resets and attempts that are over', everyMs: HOUR, sweep: forgetOld }],
  };
};

export const user: ServiceModule = {
  name: 'user',
  schema: 'users',
  spec: new URL('../../../openapi/user.yaml', import.meta.url),
  migrations,
  compose,
};
