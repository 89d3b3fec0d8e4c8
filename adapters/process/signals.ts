/** A later second signal ends the process at once; one Ctrl-C may arrive twice, from the terminal and from the parent. */
const IMPATIENT_MS = 1_000;

/** The error in one line: for an invalid setting, a stack trace does not help. */
export const failWith = (error: unknown): never => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};

/** On SIGINT or SIGTERM, or when the process that started this one is gone: runs `stop`, then exits. */
export const stopOnSignal = (stop: () => Promise<void>): void => {
  let stoppingSince: number | undefined;
  const end = (): void => {
    if (stoppingSince !== undefined && performance.now() - stoppingSince > IMPATIENT_MS) process.exit(1);
    if (stoppingSince !== undefined) return;
    stoppingSince = performance.now();
    stop().then(() => process.exit(0), failWith);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('disconnect', end);
};
