import type { NewEvent } from '#kernel/events.ts';
import { reactionTo, stepsOf, type Process, type Versioned } from '#kernel/process.ts';

/** Runs commands on one aggregate, as its service would; a refused command changes nothing. */
export const playing = <Command, State, Event extends { readonly type: string }, Refused, Publication, Entry>(
  process: Process<Command, State, Event, Refused, Publication, Entry>,
  toWire: (publication: Publication, version: number) => NewEvent,
  { id, now }: { readonly id: string; readonly now: Date },
) => {
  const steps = (aggregate: Versioned<State>, command: Command) => {
    const decided = process.decide(command, aggregate.state, now);
    return decided.ok ? stepsOf(process, aggregate, decided.value) : [];
  };
  const played = (commands: readonly Command[]): Versioned<State> =>
    commands.reduce<Versioned<State>>(
      (aggregate, command) => {
        const last = steps(aggregate, command).at(-1);
        return last ? { state: last.after, version: last.version } : aggregate;
      },
      { state: process.initial(id), version: 0 },
    );
  return {
    /** The state after commands. */
    after: (...commands: readonly Command[]): State => played(commands).state,
    /** Decides a command after a history. */
    eventsAfter: (history: readonly Command[], command: Command): readonly Event[] =>
      steps(played(history), command).map(({ event }) => event),
    /** Consequences of each event of a command after a history; integration events in their wire format. */
    reactions: (history: readonly Command[], command: Command) =>
      steps(played(history), command).map((step) => {
        const { publish, schedule, cancel, record } = reactionTo(process, step);
        const [published] = publish;
        return {
          ...(published ? { publish: toWire(published, step.version) } : {}),
          ...(schedule.length > 0 ? { schedule } : {}),
          ...(cancel.length > 0 ? { cancel } : {}),
          ...(record ? { record } : {}),
        };
      }),
  };
};
