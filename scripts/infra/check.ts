import type { Tally } from '../lib/steps.ts';

/** Runs a check and says how it went. A job throws if it fails, or returns how many parts have passed. */
export const check = async (name: string, job: () => Promise<unknown>): Promise<Tally> => {
  const started = performance.now();
  const end = (mark: string, more = ''): void => {
    console.log(`${mark} ${name} (${((performance.now() - started) / 1_000).toFixed(1)} s)${more}`);
  };
  try {
    const result = await job();
    const passed = typeof result === 'number' ? result : 1;
    end('✓', passed > 1 ? `: ${passed} passed` : '');
    return { passed, failed: 0 };
  } catch (error) {
    end('✗');
    console.log(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
};

/** The message with which a job fails; throws if it passes, as what should have noticed something did not. */
export const failureOf = async (job: () => Promise<unknown>): Promise<string> => {
  const failure = await job().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (failure === undefined) throw new Error('it was not noticed');
  return failure;
};

/** Throws unless a report contains each of the texts. */
export const mustReport = (report: string, ...texts: readonly string[]): void => {
  const missing = texts.filter((text) => !report.includes(text));
  if (missing.length > 0) throw new Error(`not reported: ${missing.join(', ')}\n${report}`);
};
