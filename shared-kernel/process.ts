import type { Clock } from './clock.ts';
import type { Cause, NewEvent } from './events.ts';
import { ok, type Result } from './result.ts';
import type { NewTask } from './tasks.ts';
import type { BaseTx } from './unit-of-work.ts';

/**
 * The life cycle of an aggregate as pure functions and one table: a command is `decide`d to events or refused, the state
 * `evolve`s by each event, and the table `react` lists the consequences of each event.
 *
 * `State` includes `undefined` where an aggregate does not exist before its first event. `Publication` is an integration
 * event in terms of the domain, `Entry` a record in a service's own ledger.
 */
export interface Process<
  Command,
  State,
  Event extends Typed,
  Refused = never,
  Publication = never,
  Entry = never,
> {
  /** Before any event. */
  readonly initial: (id: string) => State;
  readonly decide: (command: Command, state: State, now: Date) => Result<readonly Event[], Refused>;
  readonly evolve: (state: State, event: Event) => Existing<State>;
  readonly react: Reactions<State, Event, Publication, Entry>;
  /** The current wait, if any: scheduled when it begins, cancelled when it ends. One key per wait. */
  readonly timer?: (state: State, event: Event) => NewTask | undefined;
}

interface Typed {
  readonly type: string;
}

/** A state after at least one event. */
export type Existing<State> = Exclude<State, undefined>;

/** A row per type of event. */
export type Reactions<State, Event extends Typed, Publication = never, Entry = never> = {
  readonly [Type in Event['type']]: Row<
    State,
    Extract<Event, { readonly type: Type }>,
    Event['type'],
    Publication,
    Entry
  >;
};

/** Consequences of an event, committed together with it. Empty if there are none. */
export type Row<State, Event, Types, Publication, Entry> = {
  publish?(step: Step<State, Event>): Publication | undefined;
  /** A second integration event. */
  publishAlso?(step: Step<State, Event>): Publication | undefined;
  schedule?(step: Step<State, Event>): NewTask | readonly (NewTask | undefined)[] | undefined;
  /** Key of a task that is no longer needed. */
  cancel?(step: Step<State, Event>): string | undefined;
  record?(step: Step<State, Event>): Entry | undefined;
} & (Ask<Types> | { readonly asks?: never; readonly compensation?: never });

/** A step that makes upstreams act does not compile without the event that undoes it. */
interface Ask<Types> {
  /** Requests to upstreams, by upstream. */
  readonly asks: Readonly<Record<string, string>>;
  readonly compensation: Types | 'none';
}

/** An event between the states before and after it. */
export interface Step<State, Event> {
  readonly before: State;
  readonly after: Existing<State>;
  readonly event: Event;
  /** The version of the aggregate afterwards: the number of its events. */
  readonly version: number;
}

/** Consequences of one step, from its row and the timer. */
export interface Reaction<Publication, Entry = never> {
  readonly publish: readonly Publication[];
  readonly cancel: readonly string[];
  readonly schedule: readonly NewTask[];
  readonly record: Entry | undefined;
}

/** The steps of successive events, from the state of an aggregate. */
export const stepsOf = <State, Event>(
  { evolve }: { readonly evolve: (state: State, event: Event) => Existing<State> },
  { state, version }: Versioned<State>,
  events: readonly Event[],
): readonly Step<State, Event>[] => {
  let before = state;
  return events.map((event, index) => {
    const step = { before, after: evolve(before, event), event, version: version + index + 1 };
    before = step.after;
    return step;
  });
};

/** The consequences of a step. */
export const reactionTo = <Command, State, Event extends Typed, Refused, Publication, Entry>(
  process: Pick<Process<Command, State, Event, Refused, Publication, Entry>, 'react' | 'timer'>,
  step: Step<State, Event>,
): Reaction<Publication, Entry> => {
  const { before, after, event } = step;
  const type: Event['type'] = event.type;
  // Its own row, which TypeScript cannot tell from the others.
  const row = process.react[type] as Row<State, Event, Event['type'], Publication, Entry>;
  const [then, now] = [process.timer?.(before, event), process.timer?.(after, event)];
  const isSameWait = then?.key === now?.key;
  return {
    publish: [row.publish?.(step), row.publishAlso?.(step)].filter((one) => one !== undefined),
    cancel: [isSameWait ? undefined : then?.key, row.cancel?.(step)].filter((key) => key !== undefined),
    schedule: [isSameWait ? undefined : now, row.schedule?.(step)]
      .flat()
      .filter((task) => task !== undefined),
    record: row.record?.(step),
  };
};

/** The state after a history of events. */
export const fold = <State, Event>(
  { evolve }: { readonly evolve: (state: State, event: Event) => State },
  events: readonly Event[],
  from: State,
): State => events.reduce<State>(evolve, from);

export interface Versioned<State> {
  readonly state: State;
  /** Number of events so far, 0 for an aggregate that does not exist. */
  readonly version: number;
}

/** An aggregate and its changes in one run. */
export interface Change<State, Event> extends Versioned<State> {
  readonly id: string;
  /** New events; `version` counts the last of them. */
  readonly events: readonly Event[];
}

/** A service's store of aggregates, in the current unit of work. */
export interface Aggregates<State, Event> {
  /** Existing aggregates by id, including changes by this unit. */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, Versioned<State>>>;
  /** The unit fails with a `VersionConflict` if one of them was changed since it was loaded. */
  save(...changes: readonly Change<State, Event>[]): Promise<void>;
}

/** A command to one aggregate. */
export interface Addressed<Command> {
  readonly id: string;
  readonly command: Command;
  /** Required only if one unit runs commands of several causes. */
  readonly cause?: Cause | undefined;
}

/**
 * Runs commands in the current unit, in sequence, and saves all their consequences at once. A refusal
 * does not stop the others. Returns for each command the aggregate after it, or its refusal.
 * @param known aggregates that the caller has already loaded; a missing one does not exist
 */
export type Run<Tx, Command, State, Refused = never> = (
  tx: Tx,
  commands: readonly Addressed<Command>[],
  known?: ReadonlyMap<string, Versioned<Existing<State>>>,
) => Promise<readonly Result<Versioned<State>, Refused>[]>;

/** The dependencies of a process. */
export interface Surroundings<Tx, State, Event, Publication, Entry = never> {
  readonly clock: Clock;
  readonly aggregates: (tx: Tx) => Aggregates<Existing<State>, Event>;
  /** Converts a publication to its wire format. `version` is the aggregate's. */
  readonly toWire: (publication: Publication, version: number) => NewEvent;
  /** Notes on an event what caused it; `cause` is that of the command, if it names one. */
  readonly stamp?: (event: Event, cause: Cause | undefined) => Event;
  /** Stores what the rows `record`. */
  readonly record?: (tx: Tx, entries: readonly Entry[]) => Promise<void>;
}

export const makeRun =
  <Tx extends BaseTx, Command, State, Event extends Typed, Refused, Publication, Entry>(
    process: Process<Command, State, Event, Refused, Publication, Entry>,
    { clock, aggregates, toWire, stamp, record }: Surroundings<Tx, State, Event, Publication, Entry>,
  ): Run<Tx, Command, State, Refused> =>
  async (tx, commands, known) => {
    const store = aggregates(tx);
    const found = known ?? (await store.find([...new Set(commands.map(({ id }) => id))]));
    const changes = new Map<string, Change<Existing<State>, Event>>();
    const published: NewEvent[] = [];
    const followed: (Reaction<Publication, Entry> & { readonly because: { readonly cause?: Cause } })[] = [];

    const outcomes = commands.map(({ id, command, cause }): Result<Versioned<State>, Refused> => {
      const because = cause === undefined ? {} : { cause };
      const change = changes.get(id);
      const before = change ?? found.get(id) ?? { state: process.initial(id), version: 0 };
      const decided = process.decide(command, before.state, clock.now());
      if (!decided.ok) return decided;
      const events = stamp ? decided.value.map((event) => stamp(event, cause)) : decided.value;
      const steps = stepsOf(process, before, events);
      for (const step of steps) {
        const reaction = reactionTo(process, step);
        followed.push({ ...reaction, because });
        for (const one of reaction.publish) published.push({ ...toWire(one, step.version), ...because });
      }
      const last = steps.at(-1);
      if (!last) return ok({ state: before.state, version: before.version });
      const { after: state, version } = last;
      changes.set(id, { id, state, version, events: [...(change?.events ?? []), ...events] });
      return ok({ state, version });
    });

    await store.save(...changes.values());
    await record?.(
      tx,
      followed.map((reaction) => reaction.record).filter((entry) => entry !== undefined),
    );
    await tx.outbox.add(...published);
    for (const { cancel, schedule, because } of followed) {
      await tx.tasks.complete(...cancel);
      await tx.tasks.schedule(...schedule.map((task) => ({ ...task, ...because })));
    }
    return outcomes;
  };

/** Runs one command, and returns its outcome. */
export const runOne = async <Tx, Command, State, Refused>(
  run: Run<Tx, Command, State, Refused>,
  tx: Tx,
  command: Addressed<Command>,
  known?: Parameters<typeof run>[2],
): Promise<Result<Versioned<State>, Refused>> => {
  const [outcome] = await run(tx, [command], known);
  if (!outcome) throw new Error('a run has an outcome for each command');
  return outcome;
};
