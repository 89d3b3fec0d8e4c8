import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { runBecauseOf } from '../context/cause.ts';
import { makeLogger } from './logger.ts';

let folder: string;
let files = 0;
beforeAll(() => {
  folder = temporaryFolder();
});

/** The one line that logging `entry` writes. */
const logged = async (entry: object): Promise<Record<string, unknown>> => {
  files += 1;
  const file = join(folder, `${files}.log`);
  const logger = makeLogger({ service: 'test', level: 'info', destination: file });
  logger.info(entry, 'said');
  const line = await until(() => (existsSync(file) ? readFileSync(file, 'utf8') || undefined : undefined));
  return JSON.parse(line) as Record<string, unknown>;
};

describe('a log', () => {
  it('is a JSON object per line, with its service', async () => {
    expect(await logged({ order_id: 'o-1' })).toMatchObject({
      service: 'test',
      order_id: 'o-1',
      msg: 'said',
    });
  });

  it('names the request or event that it is about, and its trace', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const cause = { correlationId: 'c-1', causationId: 'c-1' };
    expect(await runBecauseOf({ ...cause, traceparent }, () => logged({}))).toMatchObject({
      correlation_id: 'c-1',
      trace_id: '0af7651916cd43dd8448eb211c80319c',
    });
    const untraced = await runBecauseOf(cause, () => logged({}));
    expect(untraced).toMatchObject({ correlation_id: 'c-1' });
    expect(untraced).not.toHaveProperty('trace_id');
  });

  it.each([
    { password: 'hunter2' },
    { body: { password: 'hunter2', payment_token: 'hunter2' } },
    { request: { headers: { authorization: 'Bearer hunter2', cookie: 'hunter2' } } },
    { request: { body: { refresh_token: 'hunter2', new_password: 'hunter2', current_password: 'hunter2' } } },
    { card: { pan: 'hunter2', cvc: 'hunter2' } },
    { headers: { 'x-cart-token': 'hunter2' } },
    { event: { event_type: 'user.password_reset_requested', payload: { token: 'hunter2' } } },
  ])('never contains a secret: %j', async (entry) => {
    const line = JSON.stringify(await logged(entry));
    expect(line).not.toContain('hunter2');
    expect(line).toContain('[redacted]');
  });

  it('contains only known fields, and of an error only what describes it', async () => {
    const err = Object.assign(new Error('broken'), {
      code: '23505',
      detail: 'hunter2',
      parameters: ['hunter2'],
    });
    const line = await logged({ err, nickname: 'hunter2', path: { of: 'hunter2' }, status: 200 });
    expect(line).toMatchObject({ nickname: '[redacted]', path: '[redacted]', status: 200 });
    expect(line).toMatchObject({ err: { type: 'Error', message: 'broken', code: '23505' } });
    expect(JSON.stringify(line)).not.toContain('hunter2');
  });

  it('is written completely by a process that crashes', () => {
    const file = join(folder, 'crash.log');
    const url = new URL('logger.ts', import.meta.url).href;
    const source = `const { makeLogger } = await import(${JSON.stringify(url)});
      makeLogger({ level: 'info', destination: ${JSON.stringify(file)} }).info({ status: 1 }, 'last words');
      throw new Error('crash');`;
    const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', source]);
    expect(status).toBe(1);
    expect(readFileSync(file, 'utf8')).toContain('last words');
  });

  it('contains the stack of an error', async () => {
    expect(await logged({ err: new TypeError('broken') })).toMatchObject({
      err: { type: 'TypeError', message: 'broken', stack: expect.stringContaining('logger.spec') },
    });
  });
});
