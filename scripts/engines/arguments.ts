import { ALL, DEFAULT_SET, OBSERVABILITY } from './engines.ts';
import type { Engine } from './engine.ts';

export const COMMANDS = ['up', 'status', 'down', 'reset'] as const;

export interface Order {
  readonly command: (typeof COMMANDS)[number];
  readonly engines: readonly Engine[];
}

const engineNamed = (name: string): Engine | undefined => ALL.find((engine) => engine.name === name);
const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

const WATCHED = '--with observability';

/** `up kafka redis` → what is asked; undefined when it makes no sense. */
export const parseArguments = ([word, ...names]: readonly string[]): Order | undefined => {
  const command = COMMANDS.find((known) => known === word);
  if (command === undefined) return undefined;
  if (names.length === 0) return { command, engines: command === 'up' ? DEFAULT_SET : ALL };
  if (names.length === 1 && names[0] === 'all') return { command, engines: ALL };
  if (command === 'up' && names.join(' ') === WATCHED)
    return { command, engines: [...DEFAULT_SET, ...OBSERVABILITY] };
  const engines = [...new Set(names)].map(engineNamed);
  return engines.every(isPresent) ? { command, engines } : undefined;
};
