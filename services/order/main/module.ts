import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const order: ServiceModule = {
  name: 'order',
  schema: 'orders', // `order` is an SQL keyword
  spec: new URL('../../../openapi/order.yaml', import.meta.url),
  migrations,
  compose,
};
