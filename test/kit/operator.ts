import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAdminApp, type AdminOptions } from '#adapters/http/admin-app.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { listen } from '#adapters/http/server.ts';

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
  clear(): Promise<void>;
}

export const openDesk = (): Desk => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-desk-'));
  let server: { close(): Promise<void> } | undefined;
  const shut = async (): Promise<void> => {
    await server?.close();
    server = undefined;
  };
  return {
    dataDir,
    open: async (shop, key = 'the key') => {
      const opened = await listen(
        makeAdminApp(
          { ...shop, isAllowed: (given) => given === 'the key' },
          makeLogger({ service: 'admin', level: 'silent' }),
        ),
        0,
        '127.0.0.1',
      );
      server = opened;
      const note = { url: `http://127.0.0.1:${opened.port}`, key, pid: process.pid };
      writeFileSync(join(dataDir, 'admin.json'), JSON.stringify(note));
    },
    shut,
    run: (script, ...args) =>
      new Promise((resolve) => {
        const env = { ...process.env, DATA_DIR: dataDir };
        const node = ['--disable-warning=ExperimentalWarning', script, ...args];
        execFile(process.execPath, node, { cwd: ROOT, env }, (error, stdout, stderr) => {
          resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
        });
      }),
    clear: async () => {
      await shut();
      rmSync(dataDir, { recursive: true });
    },
  };
};
