import type { Result } from './result.ts';

/**
 * A decision as pure functions: what happens is `decide`d from a command and the state, and the state
 * `evolve`s by what happened.
 */
export interface Decider<Command, State, Event, Refused> {
  readonly initial: State;
  decide(command: Command, state: State, now: Date): Result<readonly Event[], Refused>;
  evolve(state: State, event: Event): State;
}

/** The state after a history of events. */
export const fold = <State, Event>(
  decider: { readonly initial: State; evolve(state: State, event: Event): State },
  events: readonly Event[],
  from: State = decider.initial,
): State => events.reduce<State>((state, event) => decider.evolve(state, event), from);
