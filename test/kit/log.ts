import { makeLogger, type Logger } from '#adapters/observability/logger.ts';

/** Silent unless `TEST_LOG` names a level. */
export const logger = makeLogger({ service: 'test', level: process.env['TEST_LOG'] ?? 'silent' });

export interface KeptLog {
  readonly logger: Logger;
  /** What was logged, whatever its level. */
  readonly lines: readonly string[];
}

/** A log that keeps its lines, for a test to read. */
export const keptLog = (): KeptLog => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { logger: makeLogger({ service: 'test', level: 'trace', destination }), lines };
};
