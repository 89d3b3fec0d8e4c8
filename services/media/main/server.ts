import { runService } from '#adapters/service/run.ts';
import { media } from './module.ts';

await runService(media);
