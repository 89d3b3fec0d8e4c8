import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const notification: ServiceModule = {
  name: 'notification',
  spec: new URL('../../../openapi/notification.yaml', import.meta.url),
  migrations,
  compose,
};
