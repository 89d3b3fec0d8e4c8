import type { Addressed, Run, Versioned } from '#kernel/process.ts';
import type { Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { currentCause } from '../context/cause.ts';
import { inBatches } from './in-batches.ts';

/** Runs one command; those of one turn of the event loop commit together, each with its own cause. */
export const commandsInBatches = <Tx, Command, State, Refused>(
  unitOfWork: UnitOfWork<Tx>,
  run: Run<Tx, Command, State, Refused>,
): ((command: Addressed<Command>) => Promise<Result<Versioned<State>, Refused>>) => {
  const gathered = inBatches(
    (commands: readonly Addressed<Command>[]) => unitOfWork.run((tx) => run(tx, commands)),
    ({ id }) => id,
  );
  return (command) => gathered({ cause: currentCause(), ...command });
};
