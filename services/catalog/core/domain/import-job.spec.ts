import { describe, expect, it } from 'vitest';
import {
  beginCheck,
  beginRun,
  cancelled,
  newImport,
  NOTHING,
  withPart,
  type ImportJob,
} from './import-job.ts';

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

  const stockColumn = {
    charset: 'utf-8',
    isCompressed: false,
    columns: [{ name: 'Delta', field: 'stock_adjustment', samples: [] }],
  };
  const MANAGER = { userId: 'u-2', mayAdjustStock: true };

  it('adjusts stock only for an inventory manager', () => {
    const checked = job({ state: 'checked', file: stockColumn });
    expect(code(beginRun(checked, CLERK, 0, NOW))).toBe('STOCK_FORBIDDEN');
    expect(beginRun(checked, MANAGER, 0, NOW)).toMatchObject({ value: { adjustedBy: 'u-2' } });
    expect(beginRun(job({ state: 'checked' }), MANAGER, 0, NOW)).toMatchObject({
      value: { adjustedBy: undefined },
    });
    const lines = job({ state: 'checked', format: 'jsonl', expected: { ...NOTHING, stockAdjusted: 1 } });
    expect(code(beginRun(lines, CLERK, 0, NOW))).toBe('STOCK_FORBIDDEN');
    expect(code(beginRun({ ...lines, expected: NOTHING }, CLERK, 0, NOW))).toBe('running');
  });

  it('that has adjusted stock and failed continues where it was, and does not begin again', () => {
    const failed = job({ state: 'failed', file: stockColumn, adjustedBy: 'u-1', position: 50, parts: [1] });
    expect(code(beginCheck(failed, undefined, 0))).toBe('IMPORT_STATE');
    expect(code(withPart(failed, 0, 1))).toBe('IMPORT_STATE');
    expect(beginRun(failed, MANAGER, 0, NOW)).toMatchObject({
      value: { state: 'running', position: 50, adjustedBy: 'u-2', problem: undefined },
    });
    expect(code(beginRun({ ...failed, position: 0 }, MANAGER, 0, NOW))).toBe('IMPORT_STATE');
  });

  it('keeps its slot when it is cancelled, until its stock adjustments are made', () => {
    const pending = { first: 1, last: 1, adjustments: [] };
    const lease = { owner: 'o-1', until: NOW.toISOString() };
    const running = job({ state: 'running', slot: 1, lease });
    expect(cancelled({ ...running, pending }, NOW)).toMatchObject({
      value: { state: 'cancelled', slot: 1, lease: undefined },
    });
    expect(cancelled(running, NOW)).toMatchObject({ value: { slot: undefined, lease: undefined } });
  });

  it('can be cancelled until it is over', () => {
    expect(code(cancelled(job({ state: 'running' }), NOW))).toBe('cancelled');
    expect(code(cancelled(job({ state: 'done' }), NOW))).toBe('IMPORT_STATE');
    expect(code(cancelled(job({ state: 'cancelled' }), NOW))).toBe('IMPORT_STATE');
  });
});
