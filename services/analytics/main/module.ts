import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';
import { CONTACTS } from './settings.ts';

export const analytics: ServiceModule = {
  name: 'analytics',
  schema: 'analytics',
  spec: new URL('../../../openapi/analytics.yaml', import.meta.url),
  migrations,
  // Instances share a warehouse.
  needs: CONTACTS,
  settings: ['CASSANDRA_'],
  compose,
};
