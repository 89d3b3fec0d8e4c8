import { describe, expect, it } from 'vitest';
import type { Spec } from '#adapters/http/spec.ts';
import { makeRouter } from '#adapters/http/router.ts';
import { routesOf, type Match } from '../routes.ts';

const operation = (operationId: string, security: readonly object[] = []) => ({
  operationId,
  security,
  responses: {},
});
const spec = (paths: object): Spec =>
  ({ info: { title: '', version: '' }, components: {}, paths }) as unknown as Spec;

const routes = routesOf([
  {
    service: 'catalog',
    spec: spec({
      '/api/v1/products': { get: operation('list'), post: operation('create', [{ bearer: ['admin'] }]) },
      '/api/v1/products/{product_id}': { get: operation('get'), put: operation('put', [{ bearer: [] }]) },
      '/api/v1/products/imports': { post: operation('import', [{ bearer: [] }]) },
      '/api/v1/products/{product_id}/reviews/{review_id}': { get: operation('review') },
      '/internal/v1/offers': { post: operation('offers', [{ service: [] }]) },
    }),
  },
  {
    service: 'cart',
    spec: spec({ '/api/v1/cart': { get: operation('cart', [{ bearer: [] }, {}]) } }),
  },
]);
const find = makeRouter(routes);
const foundId = (method: string, path: string): string | undefined => {
  const found = find(method, path);
  return found && 'route' in found ? found.route.operation.operationId : undefined;
};

describe('the router', () => {
  it('finds the service and the parameters of a path', () => {
    const match = find('GET', '/api/v1/products/p-1/reviews/r%201') as Match;
    expect(match.route).toMatchObject({
      service: 'catalog',
      path: '/api/v1/products/{product_id}/reviews/{review_id}',
    });
    expect(match.params).toEqual({ product_id: 'p-1', review_id: 'r 1' });
  });

  it('prefers literal segments to parameters, and backtracks from dead ends', () => {
    expect(foundId('POST', '/api/v1/products/imports')).toBe('import');
    expect(foundId('GET', '/api/v1/products/other')).toBe('get');
    expect(foundId('GET', '/api/v1/products/imports/reviews/r-1')).toBe('review');
  });

  it('treats HEAD as GET', () => {
    expect(foundId('HEAD', '/api/v1/products')).toBe('list');
  });

  it('returns the methods of a path', () => {
    expect(find('DELETE', '/api/v1/products')).toEqual({ allowed: ['GET', 'POST'] });
  });

  it.each([
    '/',
    '/api/v1',
    '/api/v1/products/',
    '/api/v1//products',
    '//api/v1/products',
    '/api/v1/products/p-1/reviews',
    '/internal/v1/offers',
    '/nowhere',
  ])('finds nothing at %s', (path) => {
    expect(find('GET', path)).toBeUndefined();
    expect(find('POST', path)).toBeUndefined();
  });

  it('leaves a parameter that cannot be decoded as it is', () => {
    expect(find('GET', '/api/v1/products/%E0%A4%A')).toMatchObject({ params: { product_id: '%E0%A4%A' } });
  });
});

describe('a route', () => {
  const accessTo = (id: string): string | undefined =>
    routes.find(({ operation: { operationId } }) => operationId === id)?.access;

  it('is public without security, and open to guests if a token is one of the options', () => {
    expect([accessTo('list'), accessTo('cart'), accessTo('create')]).toEqual([
      'everybody',
      'optional',
      'callers',
    ]);
  });

  it('does not exist for operations between services', () => {
    expect(routes.filter(({ path }) => path.startsWith('/internal'))).toEqual([]);
  });
});
