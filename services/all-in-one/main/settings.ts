import { parseArgs } from 'node:util';
import { z } from 'zod';
import { portSetting, readConfig } from '#adapters/service/config.ts';
import { demoOf, demoSetting, type DemoPart } from './demo.ts';

const PROFILES = ['embedded', 'memory', 'distributed'] as const;

export interface Settings {
  readonly profile: (typeof PROFILES)[number];
  /** Delete all state first. */
  readonly isFresh: boolean;
  /** Folder for state, keys and logs. */
  readonly dataDir: string;
  /** Port of the gateway. */
  readonly port: number;
  readonly host: string;
  readonly adminPort: number;
  /** A PostgreSQL server instead of PGlite. */
  readonly databaseUrl: string | undefined;
  readonly logLevel: string;
  /** Standard output if absent. */
  readonly logFile: string | undefined;
  /** Processes per service, in the profile `distributed`. */
  readonly instances: number;
  readonly hasSample: boolean;
  /** Parts for development. */
  readonly demo: readonly DemoPart[];
  readonly validateResponses: boolean;
  /** Whether the recommendation service runs, if there is a Python for it. */
  readonly hasRecommendations: boolean;
}

/** The URL of a listener for a browser on this machine. */
export const shownUrl = (host: string, port: number): string =>
  `http://${host === '0.0.0.0' ? 'localhost' : host.replace('127.0.0.1', 'localhost')}:${port}`;

/** What follows from the address of the shop, unless the environment says something else. A port that is chosen by the system is not known yet. */
export const settingsOfAddress = ({
  host,
  port,
}: Pick<Settings, 'host' | 'port'>): Readonly<Record<string, string>> =>
  port === 0 ? {} : Object.fromEntries([['SHOP_PUBLIC_URL', shownUrl(host, port)]]);

/** Reads command line and environment; throws `InvalidConfig`, or an error that names the wrong argument. */
export const readSettings = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Settings => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profile: { type: 'string', default: env['SHOP_PROFILE'] ?? 'embedded' },
      fresh: { type: 'boolean', default: false },
      port: { type: 'string' },
      instances: { type: 'string' },
    },
  });
  const profile = PROFILES.find((name) => name === values.profile);
  if (!profile) throw new Error(`--profile must be one of ${PROFILES.join(', ')}`);
  const config = readConfig(
    {
      PORT: portSetting(8080),
      HOST: z.string().default('127.0.0.1'),
      ADMIN_PORT: portSetting(0),
      DATA_DIR: z.string().min(1).default('.data'),
      DATABASE_URL: z.url().optional(),
      LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
      LOG_FILE: z.string().min(1).optional(),
      SHOP_INSTANCES: z.coerce.number().int().min(1).max(9).default(1),
      DEMO: demoSetting,
      SHOP_SAMPLE: z.stringbool().default(true),
      SHOP_VALIDATE_RESPONSES: z.stringbool().default(false),
      RECOMMENDATIONS: z.stringbool().default(true),
    },
    {
      ...env,
      ...(values.port === undefined ? {} : { PORT: values.port }),
      ...(values.instances === undefined ? {} : { SHOP_INSTANCES: values.instances }),
    },
  );
  return {
    profile,
    isFresh: values.fresh,
    dataDir: config.DATA_DIR,
    port: config.PORT,
    host: config.HOST,
    adminPort: config.ADMIN_PORT,
    databaseUrl: config.DATABASE_URL,
    logLevel: config.LOG_LEVEL,
    logFile: config.LOG_FILE ?? `${config.DATA_DIR}/shop.log`,
    instances: config.SHOP_INSTANCES,
    hasSample: config.SHOP_SAMPLE,
    demo: demoOf(config.DEMO, profile, config.HOST),
    validateResponses: config.SHOP_VALIDATE_RESPONSES,
    hasRecommendations: config.RECOMMENDATIONS,
  };
};
