import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { ensureGoProgram } from './install/go.ts';
import { HOST, isServed } from './probe.ts';

const VERSION = 'v1.76.0';
const folderOf = (software: string): string => join(software, `jaeger-${VERSION}`);

/** Its ports, from its first on. The module has no web pages; traces are read from its API. */
const LISTENERS = [
  '--query.http-server.host-port',
  '--collector.otlp.http.host-port',
  '--collector.otlp.grpc.host-port',
  '--query.grpc-server.host-port',
  '--admin.http.host-port',
  '--collector.http-server.host-port',
  '--collector.grpc-server.host-port',
];

/** Where it takes traces. */
export const otlpPortOf = (port: number): number => port + 1;

/** Jaeger, which keeps traces in memory. */
export const jaeger: Engine = {
  name: 'jaeger',
  port: 18686,
  ports: LISTENERS.length,
  install: (software) =>
    ensureGoProgram(folderOf(software), {
      module: 'github.com/jaegertracing/jaeger',
      version: VERSION,
      path: './cmd/all-in-one',
    }),
  prepare: ({ software, port }) =>
    Promise.resolve({
      program: join(folderOf(software), 'program'),
      args: [
        '--memory.max-traces=20000',
        '--log-level=warn',
        ...LISTENERS.map((flag, index) => `${flag}=${HOST}:${port + index}`),
      ],
      env: { SPAN_STORAGE_TYPE: 'memory' },
    }),
  isReady: ({ port }) => isServed(`http://${HOST}:${port}/api/services`),
  addresses: ({ port }) => ({ url: `http://${HOST}:${port}` }),
};
