import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START = new URL('../../services/all-in-one/main/start.ts', import.meta.url).pathname;
/** As `npm start` runs it. */
const RUNTIME = JSON.parse(
  readFileSync(new URL('../../services/all-in-one/main/runtime.json', import.meta.url), 'utf8'),
) as { readonly flags: readonly string[]; readonly env: Readonly<Record<string, string>> };
const START_MS = 120_000;

export interface ShopProcess {
  readonly url: string;
  readonly tokensUrl: string;
  readonly pid: number;
  readonly dataDir: string;
  /** From the spawn to the open door, milliseconds. */
  readonly startedInMs: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Asks it to close, and waits. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly dataDir?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly log?: (text: string) => void;
  /** Another program than `npm start`'s. */
  readonly entry?: string;
}

/** Starts the shop as a process of its own; in a folder that goes with it unless one is given. */
export const startShop = async ({
  port,
  dataDir,
  args = [],
  env = {},
  log,
  entry = START,
}: StartOptions): Promise<ShopProcess> => {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'shop-'));
  log?.(`Starting a shop in ${folder} …`);
  const startedAt = performance.now();
  const flags = ['--disable-warning=ExperimentalWarning', ...RUNTIME.flags];
  const own = { PORT: String(port), DATA_DIR: folder, PAYMENT_MOCK_GATEWAY_PORT: '0' };
  const child = spawn(process.execPath, [...flags, entry, ...args], {
    env: { ...RUNTIME.env, ...process.env, ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => { resolve(); })); // prettier-ignore
  const { url, tokensUrl } = await addressesOf(child);
  const close = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
    if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return {
    url,
    tokensUrl,
    pid: child.pid ?? 0,
    dataDir: folder,
    ended,
    startedInMs: performance.now() - startedAt,
    kill: () => close('SIGKILL'),
    stop: () => close('SIGTERM'),
  };
};

/** Reads where it listens from what it prints when it is open. */
const addressesOf = (child: ChildProcess): Promise<{ url: string; tokensUrl: string }> =>
  new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      reject(new Error(`the shop did not start:\n${said}`));
    }, START_MS);
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /Shop {2,}(?<url>http\S+)/.exec(said)?.groups?.['url'];
      const tokensUrl = /Payment gateway {2,}(?<url>http\S+)/.exec(said)?.groups?.['url'];
      if (url === undefined || tokensUrl === undefined) return;
      clearTimeout(timer);
      resolve({ url, tokensUrl });
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the shop exited with ${code ?? 'a signal'}:\n${said}`));
    });
  });
