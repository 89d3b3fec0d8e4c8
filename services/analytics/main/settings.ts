import { z } from 'zod';
import { readConfig } from '#adapters/service/config.ts';
import { isTimeZone } from '#kernel/local-time.ts';

/** Where the warehouse is, if the service keeps anything. */
export const FILE = { ANALYTICS_FILE: z.string().min(1) };

export interface Settings {
  /** In which days and hours begin. */
  readonly timeZone: string;
  /** Absent in memory. */
  readonly file: string | undefined;
}

export const readSettings = (
  env: Readonly<Record<string, string | undefined>>,
  isKept: boolean,
): Settings => {
  const { ANALYTICS_TIME_ZONE: timeZone } = readConfig(
    { ANALYTICS_TIME_ZONE: z.string().default('Europe/Berlin').refine(isTimeZone, 'must be a time zone') },
    env,
  );
  return { timeZone, file: isKept ? readConfig(FILE, env).ANALYTICS_FILE : undefined };
};
