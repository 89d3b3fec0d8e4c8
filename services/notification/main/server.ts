import { runService } from '#adapters/service/run.ts';
import { notification } from './module.ts';

await runService(notification);
