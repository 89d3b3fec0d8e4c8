import { backoff, pause } from './pause.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

export interface LoopOptions {
  /** Does what there is to do; says in how many milliseconds to look again (0: at once). */
  readonly turn: () => Promise<number>;
  /** Told of a failed turn; the next one comes after a pause that grows. */
  readonly onError: (error: unknown) => void;
}

/** Takes turns one at a time: when woken, when the last turn asked for it, and again after a failure. */
export class WakeableLoop {
  readonly #options: LoopOptions;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There may be something to do now. */
  wake(): void {
    this.#wake.abort();
  }

  /** Ends after the turn in hand. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      const wake = (this.#wake = new AbortController());
      let rest: number;
      try {
        rest = await this.#options.turn();
        failures = 0;
      } catch (error) {
        this.#options.onError(error);
        await pause(backoff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS), this.#stop.signal);
        failures += 1;
        continue;
      }
      if (rest > 0) await pause(rest, wake.signal);
    }
  }
}
