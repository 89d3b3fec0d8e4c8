/**
 * Wakes one waiter, and remembers that it was rung until somebody waits. (An AbortSignal could do the same, at the
 * price of an exception with a stack for each ring.)
 */
export class Bell {
  #isRung = false;
  #answer: (() => void) | undefined;

  readonly ring = (): void => {
    this.#isRung = true;
    this.#answer?.();
  };

  /** Forgets that it was rung. */
  clear(): void {
    this.#isRung = false;
  }

  /** Resolves when it was rung since the last wait, or after `ms` milliseconds; says whether it was. */
  async rung(ms: number): Promise<boolean> {
    if (!this.#isRung)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#answer = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#answer = undefined;
    const wasRung = this.#isRung;
    this.clear();
    return wasRung;
  }
}
