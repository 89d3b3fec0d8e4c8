import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('keeper-process.ts', import.meta.url));

const homes = new Set<string>();
let keeper: ChildProcess | undefined;

/** In a separate session, so that it survives a signal to our process group; the pipe signals our end. */
const start = (): ChildProcess => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.unref();
  child.stdin.on('error', () => undefined);
  return child;
};

const tell = (order: object): void => {
  keeper?.stdin?.write(`${JSON.stringify(order)}\n`);
};

/** From now on, when this process ends, however that comes, all servers that work in `home` end and it is deleted. */
export const keep = (home: string): void => {
  keeper ??= start();
  homes.add(home);
  tell({ keep: home });
};

/** It has been seen to. */
export const release = (home: string): void => {
  tell({ release: home });
  if (!homes.delete(home) || homes.size > 0) return;
  keeper?.stdin?.end();
  keeper = undefined;
};
