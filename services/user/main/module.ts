import { z } from 'zod';
import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const user: ServiceModule = {
  name: 'user',
  schema: 'users', // `user` is an SQL keyword
  spec: new URL('../../../openapi/user.yaml', import.meta.url),
  migrations,
  needs: { USER_SECRETS_KEY: z.string() },
  settings: ['READ_'],
  compose,
};
