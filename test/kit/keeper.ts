import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('keeper-process.ts', import.meta.url));

/**
 * When this process ends, even by SIGKILL, all servers that work in `home` end and it is deleted. The returned function does
 * so at once, in the background.
 */
export const keep = (home: string): (() => void) => {
  // In a separate session, so that it survives a signal to our process group; the pipe signals our end.
  const keeper = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, home], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  keeper.unref();
  keeper.stdin.on('error', () => undefined);
  return () => keeper.stdin.end();
};
