import { fileURLToPath } from 'node:url';
import type { Program } from '#adapters/process/child.ts';
import { INTERPRETER } from './environment.ts';
import { RECOMMENDATION } from './module.ts';

const SERVICES = fileURLToPath(new URL('../../', import.meta.url));

/** The service, in its own environment. */
export const programOf = (env: Program['env']): Program => ({
  name: RECOMMENDATION,
  command: INTERPRETER,
  args: ['-m', 'recommendation.main.server'],
  env: { ...env, PYTHONPATH: SERVICES, PYTHONUNBUFFERED: '1' },
});
