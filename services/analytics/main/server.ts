import { runService } from '#adapters/service/run.ts';
import { analytics } from './module.ts';

await runService(analytics);
