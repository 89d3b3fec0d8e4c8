import { runService } from '#adapters/service/run.ts';
import { catalog } from './module.ts';

await runService(catalog);
