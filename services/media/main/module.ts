import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const media: ServiceModule = {
  name: 'media',
  spec: new URL('../../../openapi/media.yaml', import.meta.url),
  migrations,
  settings: ['AWS_'],
  compose,
};
