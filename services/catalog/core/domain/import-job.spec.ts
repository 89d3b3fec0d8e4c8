import { describe, expect, it } from 'vitest';
import { beginCheck, beginRun, cancelled, newImport, withPart, type ImportJob } from './import-job.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const CLERK = { userId: 'u-1', mayAdjustStock: false };
const job = (changes: Partial<ImportJob> = {}): ImportJob => ({
  ...newImport('i-1', { fileName: 'a.csv', format: 'csv', mode: 'merge', decimal: '.' }, NOW),
  ...changes,
});
const code = (
  result: ReturnType<typeof withPart | typeof beginCheck | typeof beginRun | typeof cancelled>,
) => (result.ok ? result.value.state : result.error.code);

describe('an import', () => {
  it.each(['checking', 'running', 'done', 'cancelled'] as const)('takes no part while it is %s', (state) => {
    expect(code(withPart(job({ state }), 0, 1))).toBe('IMPORT_STATE');
    expect(code(beginCheck(job({ state }), undefined, 0))).toBe('IMPORT_STATE');
  });

  it('has a limit for all its parts together', () => {
    const full = job({ parts: [512 * 1024 * 1024] });
    expect(code(withPart(full, 1, 1))).toBe('PAYLOAD_TOO_LARGE');
    expect(code(withPart(full, 0, 1))).toBe('uploading');
  });

  it('is checked only if all its parts are there', () => {
    expect(code(beginCheck(job({ parts: [1, 0, 1] }), undefined, 0))).toBe('IMPORT_INCOMPLETE');
    expect(code(beginCheck(job({ parts: [1, 1] }), undefined, 0))).toBe('checking');
    expect(code(beginCheck(job(), {}, 0))).not.toBe('done');
  });

  it('runs only after a check', () => {
    expect(code(beginRun(job(), CLERK, 0, NOW))).toBe('IMPORT_STATE');
    expect(code(beginRun(job({ state: 'checked' }), CLERK, 0, NOW))).toBe('running');
  });

  it('can be cancelled until it is over', () => {
    expect(code(cancelled(job({ state: 'running' }), NOW))).toBe('cancelled');
    expect(code(cancelled(job({ state: 'done' }), NOW))).toBe('IMPORT_STATE');
    expect(code(cancelled(job({ state: 'cancelled' }), NOW))).toBe('IMPORT_STATE');
  });
});
