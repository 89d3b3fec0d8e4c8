import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '#test/kit/conditions.ts';
import { identify, isAlive } from './identity.ts';
import { supervise, type SupervisedProcess } from './supervised.ts';

const TOY = new URL('toy-process.ts', import.meta.url);
const SUPERVISOR = new URL('supervised.ts', import.meta.url);

describe('a supervised process', () => {
  let one: SupervisedProcess;
  const start = (): string[] => {
    const lines: string[] = [];
    one = supervise({ name: 'toy', entry: TOY, env: process.env }, (line) => lines.push(line));
    return lines;
  };
  afterEach(() => one.stop());

  it('is started again when it dies, but not after it was stopped', async () => {
    const lines = start();
    await one.ready;
    process.kill(one.pid() ?? 0, 'SIGKILL');
    await until(() => lines.length === 3);
    expect(lines).toEqual(['ready on port 1', 'ended (SIGKILL)', 'ready on port 1']);
    await one.stop();
    expect(lines.slice(3)).toEqual(['ended (0)']);
    expect([one.isRunning(), identify(one.pid() ?? 0)]).toEqual([false, undefined]);
  });

  it('is running again when its restart resolves', async () => {
    const lines = start();
    await one.ready;
    await one.restart();
    expect(lines).toEqual(['ready on port 1', 'ended (0)', 'ready on port 1']);
  });

  it('that is stopped during a restart stays stopped', async () => {
    const lines = start();
    await one.ready;
    const restarted = one.restart();
    await one.stop();
    await restarted;
    expect(lines).toEqual(['ready on port 1', 'ended (0)']);
  });

  it('reports its output if it exits before it is ready', async () => {
    one = supervise({ name: 'toy', entry: new URL('nothing.ts', import.meta.url), env: {} }, () => undefined);
    await expect(one.ready).rejects.toThrow('nothing.ts');
  });

  it('exits when its supervisor is killed', async () => {
    start();
    const script = `
      const { supervise } = await import('${SUPERVISOR.href}');
      const one = supervise({ name: 'toy', entry: new URL('${TOY.href}'), env: process.env }, () => undefined);
      await one.ready;
      console.log(one.pid());`;
    const supervisor = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = (await once(supervisor.stdout, 'data')) as [Buffer];
    const orphan = identify(Number(pid.toString()));
    expect(orphan && isAlive(orphan)).toBe(true);
    supervisor.kill('SIGKILL');
    await until(() => orphan !== undefined && !isAlive(orphan));
  });
});
