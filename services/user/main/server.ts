import { runService } from '#adapters/service/run.ts';
import { user } from './module.ts';

await runService(user);
