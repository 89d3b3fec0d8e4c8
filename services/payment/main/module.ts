import type { ServiceModule } from '#adapters/service/module.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { compose } from './compose.ts';

export const payment: ServiceModule = {
  name: 'payment',
  spec: new URL('../../../openapi/payment.yaml', import.meta.url),
  migrations,
  compose,
};
