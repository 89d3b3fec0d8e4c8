/** Starts the service as `npm run service` and the supervisor start all others: makes its environment first, and ends with it. */
import { startChild } from '#adapters/process/child.ts';
import { runProcess } from '#adapters/service/process.ts';
import { ensureEnvironment } from './environment.ts';
import { programOf } from './program.ts';

const READY = /^ready on port (?<port>\d+)$/;

await runProcess(async () => {
  await ensureEnvironment(() => {
    process.stdout.write('installing the Python packages of the service …\n');
  });
  const child = startChild(programOf(process.env), (line) => {
    if (!READY.test(line)) process.stdout.write(`${line}\n`);
  });
  const { groups } = await child.line(READY);
  void child.ended.then((how) => {
    process.stderr.write(`the service has ended (${how})\n`);
    process.exit(1);
  });
  return { port: Number(groups?.['port']), stop: () => child.end() };
});
