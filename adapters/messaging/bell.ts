/**
 * Wakes one waiter, and remembers a ring until the next wait. (An AbortSignal could do the same, at the cost of an exception
 * with a stack per ring.)
 */
export class Bell {
  #isRung = false;
  #answer: (() => void) | undefined;

  readonly ring = (): void => {
    this.#isRung = true;
    this.#answer?.();
  };

  /** Clears a remembered ring. */
  clear(): void {
    this.#isRung = false;
  }

  /** Resolves when the bell has rung since the last wait, or after `ms` milliseconds; returns whether it rang. */
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
