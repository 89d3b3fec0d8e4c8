import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { lockFolder } from '../main/process-lock.ts';

describe('the lock of a data folder', () => {
  let home: string;
  let folder: string;
  let file: string;
  beforeEach(() => {
    home = temporaryFolder();
    folder = join(home, 'data');
    file = join(folder, 'shop.pid');
  });

  const heldBy = (pid: string): void => {
    mkdirSync(folder);
    writeFileSync(file, pid);
  };

  it('belongs to this process until it is released', () => {
    const release = lockFolder(folder);
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
    release();
    release();
    expect(existsSync(file)).toBe(false);
  });

  it('is refused while another running process holds it, of any user', () => {
    heldBy(String(process.ppid));
    expect(() => lockFolder(folder)).toThrow(`in use by process ${process.ppid}`);
    expect(readFileSync(file, 'utf8')).toBe(String(process.ppid));
    writeFileSync(file, '1'); // belongs to root
    expect(() => lockFolder(folder)).toThrow('in use by process 1');
  });

  it('is taken over from a process that no longer runs', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'exit');
    heldBy(String(child.pid));
    lockFolder(folder);
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  });

  it.each(['', 'no number', '0'])('is taken over if it names no process: %j', (pid) => {
    heldBy(pid);
    lockFolder(folder);
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  });

  it('fails if the folder cannot be created', () => {
    writeFileSync(folder, 'a file');
    expect(() => lockFolder(folder)).toThrow(/EEXIST|ENOTDIR/);
  });
});
