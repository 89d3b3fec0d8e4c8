import { z } from 'zod';
import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const search: ServiceModule = {
  name: 'search',
  schema: 'search',
  spec: new URL('../../../openapi/search.yaml', import.meta.url),
  migrations,
  // Instances share an index.
  needs: { OPENSEARCH_URL: z.url() },
  settings: ['OPENSEARCH_'],
  compose,
};
