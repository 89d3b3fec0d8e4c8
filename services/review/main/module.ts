import type { ServiceModule } from '#adapters/service/module.ts';
import { collections } from '../adapters/mongo/collections.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const review: ServiceModule = {
  name: 'review',
  spec: new URL('../../../openapi/review.yaml', import.meta.url),
  store: 'mongo',
  migrations,
  collections,
  compose,
};
