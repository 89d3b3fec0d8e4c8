import { backoff } from './backoff.ts';
import { Bell } from './bell.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

export interface LoopOptions {
  /** Does what there is to do; says in how many milliseconds to look again (0: at once). */
  readonly turn: () => Promise<number>;
  /** Called for a failed turn; the next one follows after a growing pause. */
  readonly onError: (error: unknown) => void;
  /**
   * Milliseconds between the end of a turn and the next one that a wake-up starts: what comes meanwhile goes together,
   * while the first after a quiet time goes at once. At least as long as the turn took, so that batches grow under load.
   * 0 when absent.
   */
  readonly gatherMs?: number | undefined;
}

/** The most that a long turn adds. */
const LONGEST_GATHERING_MS = 50;

/** Milliseconds to wait after a turn that took `turnMs`. */
export const gatherTime = (gatherMs: number, turnMs: number): number =>
  Math.max(gatherMs, Math.min(turnMs, LONGEST_GATHERING_MS));

/** Takes turns one at a time: when woken, when the last turn asked for it, and again after a failure. */
export class WakeableLoop {
  readonly #options: LoopOptions;
  readonly #wake = new Bell();
  readonly #end = new Bell();
  #isStopping = false;
  #running: Promise<void> | undefined;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There may be something to do now. */
  wake(): void {
    this.#wake.ring();
  }

  /** Ends after the turn in hand. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#end.ring();
    this.#wake.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isStopping) {
      this.#wake.clear();
      const startedAt = performance.now();
      let rest: number;
      try {
        rest = await this.#options.turn();
        failures = 0;
      } catch (error) {
        this.#options.onError(error);
        await this.#end.rung(backoff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
        failures += 1;
        continue;
      }
      if (rest === 0) continue;
      const { gatherMs } = this.#options;
      if (gatherMs !== undefined) await this.#end.rung(gatherTime(gatherMs, performance.now() - startedAt));
      await this.#wake.rung(rest);
    }
  }
}
