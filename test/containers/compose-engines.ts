import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Engine, Site } from '#scripts/engines/engine.ts';
import { run } from '#scripts/engines/install/run.ts';
import { cassandra } from '#scripts/engines/cassandra.ts';
import { kafkaWith } from '#scripts/engines/kafka.ts';
import { mongo } from '#scripts/engines/mongo.ts';
import { opensearch } from '#scripts/engines/opensearch.ts';
import { postgres, SERVICES } from '#scripts/engines/postgres.ts';
import { postgresBinaries } from '#scripts/engines/postgres/binaries.ts';
import { redis } from '#scripts/engines/redis.ts';
import { startPrivateEngine } from '../kit/private-engine.ts';

const SERVICE_SQL = fileURLToPath(new URL('../../scripts/engines/postgres/service.sql', import.meta.url));

const outer = ({ port }: Pick<Site, 'port'>): number => port + 2;

/** A broker with the listener that compose.yaml gives to the shop. */
const kafkaOf = (password: string): Engine => {
  const plain = kafkaWith({
    settings: (site) => `
listeners=PLAINTEXT://127.0.0.1:${site.port},CONTROLLER://127.0.0.1:${site.port + 1},SHOP://127.0.0.1:${outer(site)}
advertised.listeners=PLAINTEXT://127.0.0.1:${site.port},SHOP://kafka:29092
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SHOP:SASL_PLAINTEXT
sasl.enabled.mechanisms=PLAIN
listener.name.shop.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_shop="${password}";
`,
  });
  return { ...plain, ports: 3, addresses: (site) => ({ url: `kafka://127.0.0.1:${outer(site)}` }) };
};

const Addresses = z.union([
  z.object({ url: z.string() }).transform(({ url }) => url),
  z
    .object({ contacts: z.tuple([z.string()]) })
    .transform(({ contacts: [contact] }) => `cassandra://${contact}`),
]);

const start = async (engine: Engine): Promise<string> =>
  Addresses.parse((await startPrivateEngine(engine)).addresses);

/** An engine of this machine, by the name and on the port that it has in compose.yaml. */
export interface ComposeEngine {
  readonly name: string;
  readonly port: number;
  /** Its address here, on 127.0.0.1. */
  readonly url: string;
}

/** The engines of compose.yaml, from this machine's own software and with the same password; they end with the file. */
export const startComposeEngines = async (password: string): Promise<readonly ComposeEngine[]> => {
  const engines = [
    { engine: postgres, port: 5432 },
    { engine: redis, port: 6379 },
    { engine: kafkaOf(password), port: 29092 },
    { engine: mongo, port: 27017 },
    { engine: opensearch, port: 9200 },
    { engine: cassandra, port: 9042 },
  ];
  const started = await Promise.all(
    engines.map(async ({ engine, port }) => ({ name: engine.name, port, url: await start(engine) })),
  );
  const urlOf = (name: string): string => started.find((one) => one.name === name)?.url ?? '';
  const psql = join(await postgresBinaries(), 'psql');
  for (const service of SERVICES) {
    const variables = ['-v', `service=${service}`, '-v', `password=${password}`];
    await run(psql, ['-q', '-X', '-d', urlOf('postgres'), ...variables, '-f', SERVICE_SQL]);
  }
  await run('redis-cli', ['-u', urlOf('redis'), 'config', 'set', 'requirepass', password]);
  return started;
};
