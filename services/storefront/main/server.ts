import { runService } from '#adapters/service/run.ts';
import { storefront } from './module.ts';

await runService(storefront);
