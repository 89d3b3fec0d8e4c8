import { runService } from '#adapters/service/run.ts';
import { shipping } from './module.ts';

await runService(shipping);
