import type { ServiceModule } from '#adapters/service/module.ts';
import { collections } from '../adapters/mongo/product-documents.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const catalog: ServiceModule = {
  name: 'catalog',
  spec: new URL('../../../openapi/catalog.yaml', import.meta.url),
  store: 'mongo',
  migrations,
  collections,
  compose,
};
