import {
  status,
  type Server,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { loadService } from './definition.ts';

const PROTO = new URL('../../contracts/grpc/health.proto', import.meta.url);
const SERVICE = 'grpc.health.v1.Health';

interface HealthRequest {
  readonly service: string;
}

interface HealthAnswer {
  readonly status: 'SERVING' | 'SERVICE_UNKNOWN';
}

/** Serves the standard health protocol: the server (`""`) and the named services are healthy. */
export const addHealth = (server: Server, services: readonly string[]): void => {
  const known = new Set(['', ...services]);
  server.addService(loadService(PROTO, SERVICE), {
    Check: (
      { request }: ServerUnaryCall<HealthRequest, HealthAnswer>,
      answer: sendUnaryData<HealthAnswer>,
    ) => {
      if (known.has(request.service)) answer(null, { status: 'SERVING' });
      else answer({ code: status.NOT_FOUND, details: 'unknown service' });
    },
    // The stream stays open, as the protocol requires, and ends with the server.
    Watch: (call: ServerWritableStream<HealthRequest, HealthAnswer>) => {
      call.write({ status: known.has(call.request.service) ? 'SERVING' : 'SERVICE_UNKNOWN' });
    },
  });
};
