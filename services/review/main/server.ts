import { runService } from '#adapters/service/run.ts';
import { review } from './module.ts';

await runService(review);
