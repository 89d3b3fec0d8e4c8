import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('orphans-process.ts', import.meta.url));

/** A process that has started a server. */
export interface Starter {
  /** Where the server listens. */
  readonly port: number;
  /** Servers' folders. */
  homes(): readonly string[];
  /** Ends the process as nothing can foresee. */
  kill(): Promise<void>;
  clear(): void;
}

export const openStarter = async (server: 'toy' | 'postgres'): Promise<Starter> => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-orphans-'));
  chmodSync(folder, 0o711); // the users of servers that refuse root go through
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, server], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(Number(text)));
    child.once('exit', (code) => reject(new Error(`it has started nothing, exit ${code}`)));
  });
  return {
    port,
    homes: () => (existsSync(folder) ? readdirSync(folder) : []),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
};
