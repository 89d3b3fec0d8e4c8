import { runService } from '#adapters/service/run.ts';
import { search } from './module.ts';

await runService(search);
