import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#test/kit/conditions.ts';
import { makeLogger } from './logger.ts';

let folder: string;
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The one line that logging `entry` writes. */
const logged = async (entry: object): Promise<Record<string, unknown>> => {
  files += 1;
  const file = join(folder, `${files}.log`);
  const logger = makeLogger({ service: 'test', level: 'info', destination: file });
  logger.info(entry, 'said');
  const line = await eventually(() =>
    existsSync(file) ? readFileSync(file, 'utf8') || undefined : undefined,
  );
  return JSON.parse(line) as Record<string, unknown>;
};

describe('a log', () => {
  it('is a JSON object per line, with its service', async () => {
    expect(await logged({ orderId: 'o-1' })).toMatchObject({ service: 'test', orderId: 'o-1', msg: 'said' });
  });

  it.each([
    { password: 'hunter2' },
    { body: { password: 'hunter2', payment_token: 'hunter2' } },
    { request: { headers: { authorization: 'Bearer hunter2', cookie: 'hunter2' } } },
    { request: { body: { refresh_token: 'hunter2', new_password: 'hunter2', current_password: 'hunter2' } } },
    { card: { pan: 'hunter2', cvc: 'hunter2' } },
    { headers: { 'x-cart-token': 'hunter2' } },
    { event: { event_type: 'user.password_reset_requested', payload: { token: 'hunter2' } } },
  ])('never holds a secret: %j', async (entry) => {
    const line = JSON.stringify(await logged(entry));
    expect(line).not.toContain('hunter2');
    expect(line).toContain('[redacted]');
  });

  it('holds an error with its stack, for those who may read it', async () => {
    expect(await logged({ err: new TypeError('broken') })).toMatchObject({
      err: { type: 'TypeError', message: 'broken', stack: expect.stringContaining('logger.spec') },
    });
  });
});
