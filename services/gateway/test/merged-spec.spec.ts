import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSpec, type Spec } from '#adapters/http/spec.ts';
import { mergeSpecs } from '../merged-spec.ts';

const OPENAPI = new URL('../../../openapi/', import.meta.url);
const services = readdirSync(OPENAPI)
  .filter((file) => file.endsWith('.yaml') && file !== 'common.yaml')
  .map((file) => ({ service: file.replace('.yaml', ''), spec: loadSpec(new URL(file, OPENAPI)) }));

/** All targets of `$ref`, at any depth. */
const referencesIn = (document: object): readonly string[] =>
  [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);
const lookUp = (document: object, reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);
const pathsOf = (document: object): Record<string, Record<string, { tags?: unknown }>> =>
  (document as { paths: Record<string, Record<string, { tags?: unknown }>> }).paths;

describe('the merged document of all services', () => {
  const merged = mergeSpecs(services, 'Shop platform');

  it('has no dangling reference', () => {
    const references = referencesIn(merged);
    expect(references.length).toBeGreaterThan(50);
    expect(
      references.filter(
        (reference) => !reference.startsWith('#/') || lookUp(merged, reference) === undefined,
      ),
    ).toEqual([]);
  });

  it('has every path for clients, and none that is only for services', () => {
    const all = services
      .filter(({ service }) => service !== 'storefront') // pages are no API
      .flatMap(({ spec }) => Object.keys(spec.paths));
    expect(Object.keys(pathsOf(merged)).toSorted()).toEqual(
      all.filter((path) => !path.startsWith('/internal/')).toSorted(),
    );
    expect(all.some((path) => path.startsWith('/internal/'))).toBe(true);
  });

  it('groups operations by service', () => {
    expect(pathsOf(merged)['/api/v1/products']?.['get']).toMatchObject({
      operationId: 'listProducts',
      tags: ['catalog'],
    });
  });
});

describe('components of the same name', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const specOf = (path: string, schemas: object): Spec =>
    ({
      info: { title: '', version: '' },
      components: { schemas },
      paths: { [path]: { get: { operationId: path, responses: {}, 'x-answers': ref('Order') } } },
    }) as unknown as Spec;
  const answerAt = (document: object, path: string): unknown => {
    const operation = pathsOf(document)[path]?.['get'] as unknown as { 'x-answers': { $ref: string } };
    return lookUp(document, operation['x-answers'].$ref);
  };

  it('are merged if they are equal', () => {
    const schemas = { Order: { type: 'object' } };
    const merged = mergeSpecs(
      [
        { service: 'a', spec: specOf('/a', schemas) },
        { service: 'b', spec: specOf('/b', schemas) },
      ],
      '',
    );
    expect((merged as { components: object }).components).toEqual({ schemas });
  });

  it('get the name of their service as a prefix if they differ', () => {
    const merged = mergeSpecs(
      [
        { service: 'a', spec: specOf('/a', { Order: { title: 'of a' } }) },
        { service: 'b', spec: specOf('/b', { Order: { title: 'of b' } }) },
      ],
      '',
    );
    expect([answerAt(merged, '/a'), answerAt(merged, '/b')]).toEqual([{ title: 'of a' }, { title: 'of b' }]);
  });

  it('differ also if something that they refer to differs', () => {
    const schemas = (title: string) => ({
      Order: { items: ref('Lines') },
      Lines: { items: ref('Line') },
      Line: { title },
    });
    const merged = mergeSpecs(
      [
        { service: 'a', spec: specOf('/a', schemas('of a')) },
        { service: 'b', spec: specOf('/b', schemas('of b')) },
      ],
      '',
    );
    const lineAt = (path: string): unknown => {
      const order = answerAt(merged, path) as { items: { $ref: string } };
      const lines = lookUp(merged, order.items.$ref) as { items: { $ref: string } };
      return lookUp(merged, lines.items.$ref);
    };
    expect([lineAt('/a'), lineAt('/b')]).toEqual([{ title: 'of a' }, { title: 'of b' }]);
  });
});
