import { runService } from '#adapters/service/run.ts';
import { order } from './module.ts';

await runService(order);
