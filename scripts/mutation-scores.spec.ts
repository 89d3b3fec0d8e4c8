import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MutationScores, scoresOf } from './lib/mutation-scores.ts';

const file = (...statuses: readonly string[]) => ({ mutants: statuses.map((status) => ({ status })) });

const report = {
  files: {
    'services/cart/core/domain/cart.ts': file('Killed', 'Survived', 'Ignored'),
    'services/cart/core/domain/change.ts': file('Timeout', 'NoCoverage', 'RuntimeError'),
    'services/order/core/domain/decide.ts': file(...Array<string>(9).fill('Killed')),
    'services/order/core/domain/order.ts': file(),
    'services/user/core/domain/email.ts': file('Ignored'),
    'shared-kernel/money.ts': file('Killed'),
  },
};

describe('the scores of a mutation run', () => {
  it('are counted per service, over what could be detected', () => {
    expect(scoresOf(report)).toEqual([
      { part: 'cart', detected: 2, valid: 4 },
      { part: 'order', detected: 9, valid: 9 },
      { part: 'shared-kernel', detected: 1, valid: 1 },
    ]);
  });

  describe('in the report', () => {
    const { exitCode } = process;
    const log = vi.spyOn(console, 'log');
    beforeEach(() => {
      log.mockReturnValue();
    });
    afterEach(() => {
      process.exitCode = exitCode;
      log.mockReset();
    });

    const exitCodeAt = (floor: number | null) => {
      new MutationScores({ thresholds: { break: floor } }).onMutationTestReportReady(report);
      return process.exitCode;
    };

    it('fail the run when one service is below the floor, however good the others are', () => {
      expect(exitCodeAt(51)).toBe(1);
      expect(log).toHaveBeenCalledWith(expect.stringMatching(/^✗ cart .* 50\.0 %/));
    });

    it('pass the run when all reach it', () => {
      expect(exitCodeAt(50)).toBe(exitCode);
      expect(exitCodeAt(null)).toBe(exitCode);
    });
  });
});
