import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from './conditions.ts';
import { startedWithin } from './within.ts';

describe('a start', () => {
  let folder: string;
  let logFile: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'within-'));
    logFile = join(folder, 'shop.log');
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
    writeFileSync(logFile, `${lines.join('\n')}\nKafka is away\n`);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives what has started', async () => {
    const onLate = (): never => {
      throw new Error('it is not late');
    };
    expect(await startedWithin(Promise.resolve('a shop'), { logFile, onLate })).toBe('a shop');
  });

  it('that fails says why', async () => {
    const failing = Promise.reject(new Error('the port is taken'));
    await expect(startedWithin(failing, { logFile, onLate: () => undefined })).rejects.toThrow('the port is taken'); // prettier-ignore
  });

  it('that takes too long says what was logged last, and is closed when it comes', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const closed: string[] = [];
    const started = startedWithin(promise, { ms: 1, logFile, onLate: (late) => closed.push(late) });
    const error: unknown = await started.catch((reason: unknown) => reason);
    expect(String(error)).toContain('Kafka is away');
    expect(String(error)).not.toContain('line 1\n');
    resolve('a shop');
    await until(() => closed.length > 0);
    expect(closed).toEqual(['a shop']);
  });

  it('that takes too long and has logged nothing says so', async () => {
    const never = new Promise<string>(() => undefined);
    const started = startedWithin(never, { ms: 1, logFile: join(folder, 'none'), onLate: () => undefined });
    await expect(started).rejects.toThrow(/none:\nnothing$/);
  });
});
