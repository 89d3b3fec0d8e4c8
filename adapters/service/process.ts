import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { EventBus } from '#kernel/event-bus.ts';
import { fetchedKeys, parseKeys } from '../auth/jwks.ts';
import type { PrivateJwk } from '../auth/tokens.ts';
import { makeUserVerifier, ownIssuer } from '../auth/user-tokens.ts';
import { openKafkaBus } from '../kafka/open-kafka-bus.ts';
import { makeLogger, type Logger } from '../observability/logger.ts';
import { startTracing } from '../observability/otlp.ts';
import { failWith, stopOnSignal } from '../process/signals.ts';
import { addressesFrom } from './addresses.ts';
import { msSetting, portSetting, readConfig } from './config.ts';
import type { Toolbox } from './module.ts';
import { oidcIssuers } from './oidc-issuer.ts';
import type { ToolboxParts } from './toolbox.ts';

type Env = Toolbox['env'];

const SETTINGS = {
  HOST: z.string().default('127.0.0.1'),
  PORT: portSetting(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  SHOP_VALIDATE_RESPONSES: z.stringbool().default(false),
  /** Longer than any client keeps an idle connection. */
  SHUTDOWN_DRAIN_MS: msSetting(5_000),
  SERVICE_KEY_FILE: z.string().min(1),
  SERVICE_KEYS_FILE: z.string().min(1),
  USER_ISSUER: z.url().default('https://shop.local'),
};

const privateKey = z.looseObject({ kid: z.string(), kty: z.string(), d: z.string() });

/** The settings that every process reads from its environment, except its store. */
export interface ProcessParts extends Omit<ToolboxParts, 'store' | 'bus'> {
  readonly bus: EventBus;
  readonly host: string;
  readonly port: number;
  readonly validateResponses: boolean;
  /** How long it keeps responding after a signal to stop. */
  readonly drainMs: number;
  /** Flushes spans and log lines. */
  readonly flush: () => Promise<void>;
}

const readJson = (variable: string, file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${variable}: ${file} cannot be read as JSON`, { cause: error });
  }
};

/** Reads the environment of the service `name`; throws `InvalidConfig`, or an error that names the variable. */
export const openProcess = async (name: string, env: Env): Promise<ProcessParts> => {
  const config = readConfig(SETTINGS, env);
  const addresses = addressesFrom(env);
  const logger: Logger = makeLogger({ level: config.LOG_LEVEL, service: name });
  const key: PrivateJwk = privateKey.parse(readJson('SERVICE_KEY_FILE', config.SERVICE_KEY_FILE));
  if (key.kid !== name) throw new Error(`SERVICE_KEY_FILE: the key is ${key.kid}'s, not ${name}'s`);
  const own = ownIssuer(
    config.USER_ISSUER,
    fetchedKeys(() => `${addresses.of('user')}/.well-known/jwks.json`),
  );
  const stopTracing = await startTracing(name, env);
  return {
    name,
    profile: 'distributed',
    bus: openKafkaBus(env, logger),
    addresses,
    env,
    logger,
    key,
    serviceKeys: parseKeys(readJson('SERVICE_KEYS_FILE', config.SERVICE_KEYS_FILE)),
    users: makeUserVerifier(own, ...oidcIssuers(env)),
    issuer: config.USER_ISSUER,
    host: config.HOST,
    port: config.PORT,
    validateResponses: config.SHOP_VALIDATE_RESPONSES,
    drainMs: config.SHUTDOWN_DRAIN_MS,
    flush: async () => {
      await stopTracing();
      logger.flush();
    },
  };
};

/**
 * Runs until SIGINT or SIGTERM, or until its supervisor is gone, then stops and exits.
 * @param open resolves once it is running, with its port and a function to stop it
 */
export const runProcess = async (
  open: () => Promise<{ readonly port: number; readonly stop: () => Promise<void> }>,
): Promise<void> => {
  try {
    const opening = open();
    // From the beginning: the first process of a container ignores signals that it does not handle.
    stopOnSignal(async () => (await opening).stop());
    const { port } = await opening;
    process.stdout.write(`ready on port ${port}\n`);
  } catch (error) {
    failWith(error);
  }
};
