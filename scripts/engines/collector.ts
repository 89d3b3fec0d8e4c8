import { fileURLToPath } from 'node:url';
import type { Engine } from './engine.ts';
import { ensureOwnGoProgram } from './install/go.ts';
import { jaeger, otlpPortOf } from './jaeger.ts';
import { HOST, isServed } from './probe.ts';

const SOURCE = fileURLToPath(new URL('collector/', import.meta.url));
/** The settings of production; addresses are variables there. */
const CONFIG = fileURLToPath(new URL('../../deploy/observability/collector.yaml', import.meta.url));

/** The OpenTelemetry Collector: takes traces at its first port, says at the next that it is healthy, and sends them to Jaeger. */
export const collector: Engine = {
  name: 'collector',
  port: 14318,
  ports: 2,
  install: async (software) => {
    await ensureOwnGoProgram(software, 'collector', SOURCE);
  },
  prepare: async ({ software, port, portOf }) => ({
    program: await ensureOwnGoProgram(software, 'collector', SOURCE),
    args: [`--config=${CONFIG}`],
    env: {
      TRACES_AT: `${HOST}:${port}`,
      HEALTH_AT: `${HOST}:${port + 1}`,
      TRACES_TO: `http://${HOST}:${otlpPortOf(portOf(jaeger))}`,
    },
  }),
  isReady: ({ port }) => isServed(`http://${HOST}:${port + 1}/`),
  addresses: ({ port }) => ({ url: `http://${HOST}:${port}` }),
};
