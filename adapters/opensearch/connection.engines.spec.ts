import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { opensearch } from '#scripts/engines/opensearch.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { startPrivateEngine } from '#test/kit/private-engine.ts';
import { StoreUnavailable } from '../messaging/stores.ts';
import { OpenSearchConnection } from './connection.ts';

const connect = (url: string): OpenSearchConnection => {
  const connection = new OpenSearchConnection({ url, timeoutMs: 10_000 });
  atEnd(() => connection.close());
  return connection;
};

describe('a document with an external version', () => {
  let connection: OpenSearchConnection;
  let index: string;
  const at = (version: number) => ({ index, id: 'p1', version, version_type: 'external' }) as const;
  const put = async (version: number, name: string): Promise<number | null> => {
    const { statusCode } = await connection.run((client) => client.index({ ...at(version), body: { name } }));
    return statusCode;
  };

  beforeEach(async () => {
    connection = connect(process.env['OPENSEARCH_URL'] ?? '');
    index = `test_${randomUUID()}`;
    await connection.run((client) => client.indices.create({ index }));
    atEnd(() => connection.run((client) => client.indices.delete({ index })));
  });

  it('is replaced only by a newer one', async () => {
    expect(await put(1, 'first')).toBe(201);
    expect(await put(3, 'third')).toBe(200);
    for (const version of [2, 3])
      await expect(put(version, 'late')).rejects.toMatchObject({ statusCode: 409 });
    const { body } = await connection.run((client) => client.get({ index, id: 'p1' }));
    expect(body).toMatchObject({ _version: 3, _source: { name: 'third' } });
  });

  it('stays deleted when an older one comes late', async () => {
    await put(1, 'first');
    const { body } = await connection.run((client) => client.delete(at(3)));
    expect(body).toMatchObject({ result: 'deleted', _version: 3 });
    await expect(put(2, 'late')).rejects.toMatchObject({ statusCode: 409 });
    expect(await put(4, 'again')).toBe(201);
  });

  it('needs an index that was created', async () => {
    index = `test_${randomUUID()}`;
    await expect(put(1, 'first')).rejects.toMatchObject({ statusCode: 404 });
    await connection.run((client) => client.indices.create({ index }));
  });
});

describe('OpenSearch', () => {
  it('keeps what was acknowledged when it is killed', async () => {
    const engine = await startPrivateEngine(opensearch);
    const { url } = z.object({ url: z.string() }).parse(engine.addresses);
    const connection = connect(url);
    const document = { index: 'kept', id: '1' };
    await connection.run((client) => client.indices.create({ index: 'kept' }));
    await connection.run((client) => client.index({ ...document, body: { number: 7 } }));
    await engine.kill();
    const read = () => connection.run((client) => client.get(document));
    await expect(read()).rejects.toThrow(StoreUnavailable);
    await engine.revive();
    expect((await read()).body).toMatchObject({ found: true, _source: { number: 7 } });
  });
});
