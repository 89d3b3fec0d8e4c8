import { runService } from '#adapters/service/run.ts';
import { inventory } from './module.ts';

await runService(inventory);
