import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { supervise, type SupervisedProcess } from '#adapters/process/supervised.ts';
import type { Addresses } from '#adapters/service/module.ts';
import { ensureEnvironment } from '#recommendation/main/environment.ts';
import type { EventForwarder } from '#gateway/main/event-forwarder.ts';
import { RECOMMENDATION } from '#recommendation/main/module.ts';
import { programOf } from '#recommendation/main/program.ts';
import { environmentOf } from './distributed/environment.ts';

/** Of the environment, besides what begins with its name. */
const STATE = 'state.sqlite';
const READS = { name: RECOMMENDATION, isStateless: true };

export interface RecommendationsOptions {
  readonly forwarder: EventForwarder;
  readonly addresses: Addresses;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder for models, and for what it knows. */
  readonly folder: string;
  /** Whether what it knows outlives it. */
  readonly isKept: boolean;
  /** File with the public keys of the services. */
  readonly keysFile: string;
  readonly log: (line: string) => void;
}

/** The recommendation service, as a process that comes when it is ready and is missed by nobody until then. */
export interface Recommendations {
  /** Resolves when it is known whether its packages have to be installed first, which takes a while. */
  readonly isInstalling: Promise<boolean>;
  /** Resolves to the outcome, in a line: ready, or why there is none. */
  readonly outcome: Promise<string>;
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
}

export const startRecommendations = ({
  forwarder,
  addresses,
  env,
  folder,
  isKept,
  keysFile,
  log,
}: RecommendationsOptions): Recommendations => {
  const installing = Promise.withResolvers<boolean>();
  const stopping = new AbortController();
  const isStopped = (): boolean => stopping.signal.aborted;
  let running: SupervisedProcess | undefined;
  const note = (line: string): void => {
    const { port } = /^ready on port (?<port>\d+)$/.exec(line)?.groups ?? {};
    if (port !== undefined) {
      addresses.publish(RECOMMENDATION, `http://127.0.0.1:${port}`);
      forwarder.up();
    } else if (line.startsWith('ended (')) forwarder.down();
    log(line);
  };
  const start = async (): Promise<string> => {
    const startedAt = performance.now();
    await ensureEnvironment(() => installing.resolve(true));
    installing.resolve(false); // unless it has been resolved
    if (isStopped()) return 'the shop has closed';
    running = supervise(
      programOf({
        RECOMMENDATION_MODELS: join(folder, 'models'),
        ...environmentOf(READS, env),
        ...(isKept && {
          RECOMMENDATION_STATE_FILE: join(folder, STATE),
          RECOMMENDATION_EXPOSURES: join(folder, 'exposures'),
        }),
        HOST: '127.0.0.1',
        PORT: env['RECOMMENDATION_PORT'] ?? '0',
        SHUTDOWN_DRAIN_MS: '0',
        SERVICE_KEYS_FILE: keysFile,
        USER_URL: addresses.of('user'),
        SEARCH_URL: addresses.of('search'),
      }),
      note,
    );
    await running.ready;
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
    return (await installing.promise) ? `ready (installed in ${seconds} s)` : 'ready';
  };
  const outcome = start().catch((error: unknown) => {
    installing.resolve(false);
    if (!running) {
      forwarder.gone();
      rmSync(join(folder, STATE), { force: true }); // nobody would erase what is in it
    }
    return `popular products only: ${error instanceof Error ? error.message : String(error)}`;
  });
  return {
    isInstalling: installing.promise,
    outcome,
    pid: () => running?.pid(),
    stop: async () => {
      stopping.abort();
      await running?.stop();
    },
  };
};
