import { runService } from '#adapters/service/run.ts';
import { cart } from './module.ts';

await runService(cart);
