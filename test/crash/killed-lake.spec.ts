import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyPgliteTemplate } from '#adapters/postgres/pglite-template.ts';
import { readLake } from '#analytics/test/lake.rig.ts';

const ENTRY = fileURLToPath(new URL('crashing-lake.ts', import.meta.url));
const ROWS = 12;

describe('a process that is killed while it writes the lake', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-lake-'));
  const folder = join(dataDir, 'lake');
  beforeAll(() => copyPgliteTemplate(join(dataDir, 'db')));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  const run = async (env: Readonly<Record<string, string>>): Promise<unknown> => {
    const child = spawn(process.execPath, [ENTRY], {
      env: { ...process.env, DATA_DIR: dataDir, LAKE: folder, ...env },
      stdio: 'inherit',
    });
    const [code, signal]: readonly unknown[] = await once(child, 'exit');
    return signal ?? code;
  };
  /** Of all files that a reader sees, in which each row is whole. */
  const ids = async (): Promise<readonly unknown[]> => {
    const types = ['search.performed', 'product.viewed'].filter(
      (type) => globSync(`event_type=${type}/*/*.parquet`, { cwd: folder }).length > 0,
    );
    return (await Promise.all(types.map((type) => readLake(folder, type))))
      .flat()
      .map((row) => row['event_id']);
  };

  it('leaves no half file, and no row twice or missing once it was started again', async () => {
    expect(await run({ ROWS: String(ROWS), CRASH_AT: 'written' })).toBe('SIGKILL');
    expect(await ids()).toEqual([]);
    expect(await run({ CRASH_AT: 'stored' })).toBe('SIGKILL');
    expect(await ids()).toHaveLength(1);
    expect(await run({ CRASH_AT: 'ended' })).toBe('SIGKILL');
    expect(await ids()).toHaveLength(3);
    // Each time, it writes the same batch again.
    for (const ms of ['5', '40', '90']) expect([0, 'SIGKILL']).toContain(await run({ CRASH_AFTER_MS: ms }));
    expect(await run({})).toBe(0);
    const all = await ids();
    expect([all.length, new Set(all).size]).toEqual([ROWS, ROWS]);
    expect(await run({})).toBe(0);
    expect(await ids()).toHaveLength(ROWS);
  });
});
