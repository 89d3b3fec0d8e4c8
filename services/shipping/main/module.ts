import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const shipping: ServiceModule = {
  name: 'shipping',
  spec: new URL('../../../openapi/shipping.yaml', import.meta.url),
  migrations,
  compose,
};
