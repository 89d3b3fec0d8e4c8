import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const cart: ServiceModule = {
  name: 'cart',
  store: 'redis',
  spec: new URL('../../../openapi/cart.yaml', import.meta.url),
  migrations,
  compose,
};
