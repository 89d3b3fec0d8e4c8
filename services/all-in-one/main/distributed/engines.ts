import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const File = z.object({
  postgres: z.object({ services: z.record(z.string(), z.string()) }),
  kafka: z.object({ brokers: z.array(z.string()).min(1) }),
  redis: z.object({ url: z.string() }),
  mongo: z.object({ url: z.string() }),
  opensearch: z.object({ url: z.string() }),
  cassandra: z.object({ contacts: z.array(z.string()).min(1) }),
  /** Where Prometheus reads what to scrape. */
  prometheus: z.object({ targets: z.string() }).optional(),
  /** Takes traces, over OTLP. */
  collector: z.object({ url: z.url() }).optional(),
  /** Takes logs, as Loki does. */
  victorialogs: z.object({ push: z.url() }).optional(),
});

/** Addresses of the real servers. */
export type Engines = z.infer<typeof File>;

/** Reads the file written by `npm run engines -- up`; throws an error with instructions if it is missing. */
export const readEngines = (env: Readonly<Record<string, string | undefined>>): Engines => {
  const file = join(env['ENGINES_HOME'] ?? '.data/engines', 'engines.json');
  try {
    return File.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} does not list the engines: run npm run engines -- up`, { cause });
  }
};
