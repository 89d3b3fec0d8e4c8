import { describe, expect, it } from 'vitest';
import { statusTable } from './status.ts';

describe('the status of the engines', () => {
  it('is one line per engine', () => {
    const text = statusTable([
      { name: 'redis', state: 'up', port: 16379, pid: 42, memory: 7 },
      { name: 'kafka', state: 'down', port: 19092 },
    ]);
    expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['ENGINE', 'STATE', 'ADDRESS', 'PID', 'RSS MiB'],
      ['redis', 'up', '127.0.0.1:16379', '42', '7'],
      ['kafka', 'down', '127.0.0.1:19092', '-', '-'],
    ]);
  });
});
