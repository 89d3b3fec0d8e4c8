import type { RunOptions } from './install/run.ts';

/** Where an engine of this machine lives. */
export interface Site {
  /** Installed software, for all engines; outlives `reset`. */
  readonly software: string;
  /** The engine's own folder: data, settings, log. */
  readonly folder: string;
  /** On 127.0.0.1. Engines that need a second one take the next. */
  readonly port: number;
  /** Made at the first start, by the engine's `secretNames`. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Where another engine listens, if it runs. */
  readonly portOf: (engine: Pick<Engine, 'name' | 'port'>) => number;
  /** Addresses of the engine that it keeps its data on, where it has one. */
  readonly backing?: Readonly<Record<string, unknown>>;
}

/** How to start a server in the foreground. */
export interface Launch extends RunOptions {
  readonly program: string;
  readonly args: readonly string[];
}

export interface Engine {
  readonly name: string;
  /** When `<NAME>_PORT` says nothing else. */
  readonly port: number;
  /** How many ports it takes, from its first on. */
  readonly ports: number;
  /** A server of its own that it keeps its data on: in a folder of its folder, on the port after its own. */
  readonly backing?: Engine;
  readonly secretNames?: readonly string[];
  /** SIGTERM when absent. */
  readonly stopSignal?: NodeJS.Signals;
  /** Installs what is missing. */
  install(software: string): Promise<void>;
  /** Writes its settings, and says what to start. */
  prepare(site: Site): Promise<Launch>;
  /** Whether it answers; may throw when it does not. */
  isReady(site: Site): Promise<boolean>;
  /** After each start, once it answers: what must be there, is made if it is not. */
  setUp?(site: Site): Promise<void>;
  /** What its users need to know: goes into engines.json. */
  addresses(site: Site): Readonly<Record<string, unknown>>;
}

/** The secret of that name; throws where the engine forgot to declare it. */
export const secretOf = ({ secrets }: Site, name: string): string => {
  const secret = secrets[name];
  if (secret === undefined) throw new Error(`no secret ${name}`);
  return secret;
};
