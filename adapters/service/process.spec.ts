import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { generateKey, publicJwk } from '../auth/tokens.ts';
import { openProcess, type ProcessParts } from './process.ts';

describe('a process of a service', () => {
  let folder: string;
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    folder = temporaryFolder();
    const key = await generateKey('catalog');
    const write = (name: string, content: unknown): string => {
      writeFileSync(join(folder, name), JSON.stringify(content));
      return join(folder, name);
    };
    env = {
      SERVICE_KEY_FILE: write('key.json', key),
      SERVICE_KEYS_FILE: write('keys.json', { keys: [publicJwk(key)] }),
      KAFKA_BROKERS: '127.0.0.1:1',
      LOG_LEVEL: 'silent',
    };
  });

  const opened = async (more: Readonly<Record<string, string>> = {}): Promise<ProcessParts> => {
    const parts = await openProcess('catalog', { ...env, ...more });
    await parts.bus.stop();
    return parts;
  };

  it('listens on the loopback address, on any free port, by default', async () => {
    expect(await opened()).toMatchObject({ host: '127.0.0.1', port: 0 });
    expect(await opened({ HOST: '0.0.0.0', PORT: '8081' })).toMatchObject({ host: '0.0.0.0', port: 8081 });
  });

  it('keeps responding for a while after a signal to stop, so that callers can move on', async () => {
    expect((await opened()).drainMs).toBeGreaterThanOrEqual(1_000);
  });

  it('does not start with the key of another service, with none, or with a wrong setting', async () => {
    await expect(openProcess('cart', env)).rejects.toThrow('SERVICE_KEY_FILE');
    await expect(openProcess('catalog', { ...env, SERVICE_KEY_FILE: join(folder, 'none') })).rejects.toThrow('SERVICE_KEY_FILE'); // prettier-ignore
    await expect(openProcess('catalog', { ...env, PORT: 'x' })).rejects.toThrow('PORT');
  });
});
