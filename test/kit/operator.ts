import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeAdminApp, type AdminOptions } from '#adapters/http/admin-app.ts';
import { temporaryFolder } from './cleanup.ts';
import { serve } from './http.ts';
import { logger } from './log.ts';

const ROOT = new URL('../..', import.meta.url);

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine on which an operator's tools are run, and a shop may be open. */
export interface Desk {
  readonly dataDir: string;
  /** Opens a shop's operators' address; its note is left behind when it closes, as after a crash. */
  open(shop: Omit<AdminOptions, 'isAllowed'>, key?: string): Promise<void>;
  /** Closes what is open. */
  shut(): Promise<void>;
  /** Runs a script of the project. */
  run(script: string, ...args: readonly string[]): Promise<Ended>;
}

const KEY = 'the key';

export const openDesk = (): Desk => {
  const dataDir = temporaryFolder();
  let shut: Desk['shut'] = () => Promise.resolve();
  return {
    dataDir,
    open: async (shop, key = KEY) => {
      const served = await serve(makeAdminApp({ ...shop, isAllowed: (given) => given === KEY }, logger));
      shut = served.close;
      writeFileSync(join(dataDir, 'admin.json'), JSON.stringify({ url: served.url, key, pid: process.pid }));
    },
    shut: () => shut(),
    run: (script, ...args) =>
      new Promise((resolve) => {
        const env = { ...process.env, DATA_DIR: dataDir };
        const node = ['--disable-warning=ExperimentalWarning', script, ...args];
        execFile(process.execPath, node, { cwd: ROOT, env }, (error, stdout, stderr) => {
          resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
        });
      }),
  };
};
