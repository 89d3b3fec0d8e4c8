/** Vitest loads this before each spec file. */
import { fileURLToPath } from 'node:url';
import { afterAll, expect, vi } from 'vitest';
import { endFile } from './cleanup.ts';

// The scripts and shops that specs start load in half the time. Not this process: its coverage would be less precise.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../../.cache/node', import.meta.url));

// Spec files share a process, so each must leave it as it found it.

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGUSR2', 'disconnect'] as const;

const state = () => ({
  hasFakeTimers: vi.isFakeTimers(),
  handlers: SIGNALS.map((signal) => process.listenerCount(signal)),
  // MikroORM and sharp set variables of their own when they are loaded.
  environment: Object.entries(process.env).filter(([name]) => !/^(MIKRO_ORM_|VIPSHOME$)/.test(name)),
});

const before = state();

afterAll(async () => {
  await endFile();
  expect(state()).toEqual(before);
});
