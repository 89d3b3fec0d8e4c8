import { afterAll, expect, vi } from 'vitest';

/** Spec files share a process, so each must leave it as it found it. Vitest loads this before each of them. */
const environment = { ...process.env };
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGUSR2', 'disconnect'] as const;
const handlers = (): readonly number[] => SIGNALS.map((signal) => process.listenerCount(signal));
const before = handlers();

afterAll(() => {
  expect(vi.isFakeTimers(), 'fake timers are left').toBe(false);
  expect({ ...process.env }, 'the environment').toEqual(environment);
  expect(handlers(), 'handlers of signals').toEqual(before);
});
