import { runProcess } from '../service/process.ts';

/** A process like those of the services, that does nothing. */
const alive = setInterval(() => undefined, 60_000);
await runProcess(async () => ({
  port: 1,
  stop: async () => {
    clearInterval(alive);
  },
}));
