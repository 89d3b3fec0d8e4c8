import { runService } from '#adapters/service/run.ts';
import { payment } from './module.ts';

await runService(payment);
