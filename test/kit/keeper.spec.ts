import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startChild } from '#adapters/process/child.ts';
import { isFree } from '#adapters/system/free-port.ts';
import { until } from './conditions.ts';

const STARTER = new URL('orphans-process.ts', import.meta.url);

it.each(['in its folder', 'elsewhere'])(
  'a test that is killed leaves no server that works %s, and no data',
  async (place) => {
    const folder = mkdtempSync(join(tmpdir(), 'shop-orphans-'));
    chmodSync(folder, 0o711); // the users of servers that refuse root go through
    try {
      const test = startChild({
        name: 'test',
        entry: STARTER,
        args: [place],
        env: { ...process.env, TMPDIR: folder },
      });
      const [, port] = await test.line(/^listening (\d+)/);
      expect([await isFree(Number(port)), readdirSync(folder).length]).toEqual([false, 1]);
      await test.end('SIGKILL');
      await until(() => isFree(Number(port)));
      await until(() => readdirSync(folder).length === 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
