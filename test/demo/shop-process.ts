import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '#adapters/process/child.ts';

const START = new URL('../../services/all-in-one/main/start.ts', import.meta.url);
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
  readonly ended: Promise<unknown>;
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
  readonly entry?: URL;
  /** For Node itself; those of `npm start` when absent. */
  readonly flags?: readonly string[];
}

/** Starts the shop as a process of its own; in a folder that goes with it unless one is given. */
export const startShop = async ({
  port,
  dataDir,
  args = [],
  env = {},
  log,
  entry = START,
  flags = RUNTIME.flags,
}: StartOptions): Promise<ShopProcess> => {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'shop-'));
  log?.(`Starting a shop in ${folder} …`);
  const startedAt = performance.now();
  const own = {
    PORT: String(port),
    DATA_DIR: folder,
    PAYMENT_MOCK_GATEWAY_PORT: '0',
    RECOMMENDATIONS: 'off',
  };
  const child = startChild({
    name: 'the shop',
    entry,
    args,
    flags,
    env: { ...RUNTIME.env, ...process.env, ...own, ...env },
  });
  const ended = child.ended.then(() => {
    if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
  });
  const late = setTimeout(() => void child.end('SIGKILL'), START_MS);
  try {
    const [url, tokensUrl] = await Promise.all(
      ['Shop', 'Payment gateway'].map(async (what) => {
        const [, found = ''] = await child.line(new RegExp(`${what} {2,}(http\\S+)`));
        return found;
      }),
    );
    return {
      url: url ?? '',
      tokensUrl: tokensUrl ?? '',
      pid: child.pid ?? 0,
      dataDir: folder,
      ended,
      startedInMs: performance.now() - startedAt,
      stop: () => child.end(),
    };
  } finally {
    clearTimeout(late);
  }
};
