import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const inventory: ServiceModule = {
  name: 'inventory',
  spec: new URL('../../../openapi/inventory.yaml', import.meta.url),
  migrations,
  compose,
};
