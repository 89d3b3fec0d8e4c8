import { globSync, readdirSync, readFileSync } from 'node:fs';
import { endpointsOf } from '#adapters/http/endpoint.ts';
import { makeRouter } from '#adapters/http/router.ts';
import { loadSpec, type Spec } from '#adapters/http/spec.ts';
import { PAYMENT_CONSUMERS } from '#contracts/grpc/payment.ts';
import type { Contract } from '#test/kit/pact/files.ts';
import { roleIn } from '#test/kit/pact/permits.ts';

const ROOT = new URL('../../', import.meta.url);
const OPENAPI = new URL('openapi/', ROOT);

/** The OpenAPI file of each service, by its name. */
export const specs = (): ReadonlyMap<string, Spec> =>
  new Map(
    readdirSync(OPENAPI)
      .filter((file) => file.endsWith('.yaml') && file !== 'common.yaml')
      .map((file) => [file.replace('.yaml', ''), loadSpec(new URL(file, OPENAPI))]),
  );

const scopesOf = (security: readonly Readonly<Record<string, readonly string[]>>[] = []): string =>
  security.flatMap(({ service = [] }) => service).join(' ');

/** Who may ask whom for what, by the callees' OpenAPI files: `cart catalog POST /internal/v1/offers offers:read`. */
export const permitted = (all: ReadonlyMap<string, Spec>): readonly string[] =>
  [...all].flatMap(([callee, spec]) =>
    endpointsOf(spec).flatMap(({ method, path, operation }) =>
      (operation['x-consumers'] ?? []).map(
        (caller) => `${caller} ${callee} ${method} ${path} ${scopesOf(operation.security)}`,
      ),
    ),
  );

/** What contracts say that is asked with a scope, in the same words; a question that no operation answers is left as it is. */
export const asked = (contracts: readonly Contract[], all: ReadonlyMap<string, Spec>): readonly string[] =>
  contracts.flatMap(({ consumer, provider, interactions }) => {
    const spec = all.get(provider.name);
    const router = makeRouter(spec ? endpointsOf(spec) : []);
    return interactions.flatMap(({ request }) => {
      const [authorization] = request?.headers['authorization'] ?? [];
      const permit = authorization?.replace('Bearer ', '');
      if (!request || permit === undefined || roleIn(permit)) return [];
      const found = router(request.method, request.path);
      const path = found && 'route' in found ? found.route.path : request.path;
      return [`${consumer.name} ${provider.name} ${request.method} ${path} ${permit}`];
    });
  });

/** What is said in `some` and not in `others`. */
export const onlyIn = (some: readonly string[], others: readonly string[]): readonly string[] =>
  [...new Set(some)].filter((one) => !others.includes(one)).sort();

/** Who may command whom by gRPC: `order payment`. */
export const permittedByGrpc = PAYMENT_CONSUMERS.map((caller) => `${caller} payment`);

/** gRPC services that a file of a service's main/ is a client of. */
export const grpcClientsIn = (path: string, source: string): readonly string[] =>
  /make(InProcess)?GrpcClient/.test(source)
    ? [...source.matchAll(/#contracts\/grpc\/(?<callee>[\w-]+)\.ts/g)].map(
        ({ groups }) => `${path.split('/')[1] ?? ''} ${groups?.['callee'] ?? ''}`,
      )
    : [];

/** The consumers' specs that hold a gRPC service to its word: `order payment`. */
export const grpcContracts = (): readonly string[] =>
  globSync('services/*/test/pacts/*.grpc.spec.ts', { cwd: ROOT }).map((path) => {
    const [, consumer = '', , , file = ''] = path.split('/');
    return `${consumer} ${file.replace('.grpc.spec.ts', '')}`;
  });

export const grpcClients = (): readonly string[] =>
  globSync('services/*/main/**/*.ts', { cwd: ROOT }).flatMap((path) =>
    grpcClientsIn(path, readFileSync(new URL(path, ROOT), 'utf8')),
  );
