import { runProcess } from '#adapters/service/process.ts';

/** A process as the services are, that does nothing. */
const alive = setInterval(() => undefined, 60_000);
await runProcess(async () => ({
  port: 1,
  stop: async () => {
    clearInterval(alive);
  },
}));
