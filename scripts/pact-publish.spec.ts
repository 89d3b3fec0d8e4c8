import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { pairsIn } from '#test/kit/pact/files.ts';
import { brokerOf, publish } from './lib/pact-broker.ts';

const published = z.object({
  pacticipantName: z.string(),
  pacticipantVersionNumber: z.string(),
  contracts: z.array(z.object({ providerName: z.string(), content: z.base64() })),
});

describe('publishing contracts', () => {
  let server: Server;
  let received: { readonly url: string | undefined; readonly authorization: string | undefined; readonly body: unknown }[]; // prettier-ignore
  let status: number;
  let base: string;

  beforeEach(async () => {
    [received, status] = [[], 201];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        received.push({ url: request.url, authorization: request.headers.authorization, body });
        response.writeHead(status).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/broker`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const publishTo = (env: Record<string, string>) => {
    const broker = brokerOf({ PACT_BROKER_BASE_URL: base, ...env });
    if (!broker) throw new Error('no broker');
    return publish(broker, { version: '1', branch: 'main' });
  };

  it('needs a broker', () => {
    expect(brokerOf({})).toBeUndefined();
    expect(() => brokerOf({ PACT_BROKER_BASE_URL: 'somewhere' })).toThrow();
    const { PACT_BROKER_BASE_URL: _, ...env } = process.env;
    const script = fileURLToPath(new URL('pact-publish.ts', import.meta.url));
    const run = spawnSync(process.execPath, ['--no-warnings', script], { env, encoding: 'utf8' });
    expect(run).toMatchObject({ status: 1, stdout: '' });
    expect(run.stderr).toContain('PACT_BROKER_BASE_URL');
  });

  it('sends each consumer’s contracts with all its providers', async () => {
    await publishTo({});
    const bodies = received.map(({ body }) => published.parse(body));
    const pairs = bodies.flatMap(({ pacticipantName: consumer, contracts }) =>
      contracts.map(({ providerName: provider }) => ({ consumer, provider })),
    );
    expect(pairs).toEqual(expect.arrayContaining([...pairsIn()]));
    expect(pairs).toHaveLength(pairsIn().length);
    expect(new Set(received.map(({ url }) => url))).toEqual(new Set(['/broker/contracts/publish']));
    const [first] = bodies[0]?.contracts ?? [];
    expect(JSON.parse(Buffer.from(first?.content ?? '', 'base64').toString())).toHaveProperty('interactions');
  });

  it('shows who it is', async () => {
    await publishTo({ PACT_BROKER_TOKEN: 'secret' });
    expect(received[0]?.authorization).toBe('Bearer secret');
    await publishTo({ PACT_BROKER_USERNAME: 'ada', PACT_BROKER_PASSWORD: 'pw' });
    expect(received.at(-1)?.authorization).toBe(`Basic ${btoa('ada:pw')}`);
  });

  it('fails when the broker refuses', async () => {
    status = 409;
    await expect(publishTo({})).rejects.toThrow('409');
  });
});
