import type { ServiceModule } from '#adapters/service/module.ts';
import { compose } from './compose.ts';

export const storefront: ServiceModule = {
  name: 'storefront',
  spec: new URL('../../../openapi/storefront.yaml', import.meta.url),
  isStateless: true,
  settings: ['MEDIA_PUBLIC_'],
  migrations: [],
  compose,
};
