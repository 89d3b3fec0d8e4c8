import { describe, expect, it } from 'vitest';
import { ManualClock, SECOND, after as later } from './clock.ts';
import type { NewEvent } from './events.ts';
import { fold, makeRun, runOne, type Change, type Process, type Versioned } from './process.ts';
import { ok, refuse, type Refusal } from './result.ts';
import type { NewTask } from './tasks.ts';
import type { BaseTx } from './unit-of-work.ts';

const START = new Date('2026-03-01T12:00:00Z');

/** A cup: filled, then drunk, before it gets cold. */
interface Cup {
  readonly sips: number;
}
type Event = { readonly type: 'filled'; readonly sips: number } | { readonly type: 'drunk' };
type Command = { readonly type: 'fill'; readonly sips: number } | { readonly type: 'drink' };

const cold = (id: string): NewTask => ({ key: `${id}:cold`, kind: 'cold', payload: {} });

const cups: Process<Command, Cup | undefined, Event, Refusal<'EMPTY'>, string, string> = {
  initial: () => undefined,
  decide: (command, cup) => {
    if (command.type === 'fill') return ok([{ type: 'filled', sips: command.sips }]);
    return cup === undefined || cup.sips === 0 ? refuse('EMPTY', 'It is empty.') : ok([{ type: 'drunk' }]);
  },
  evolve: (cup, event) => ({ sips: event.type === 'filled' ? event.sips : (cup?.sips ?? 0) - 1 }),
  react: {
    filled: {
      schedule: ({ event }) =>
        event.sips > 5
          ? { key: 'saucer', kind: 'saucer', payload: {}, runAt: later(START, SECOND) }
          : undefined,
      asks: { kettle: 'boil' },
      compensation: 'none',
    },
    drunk: {
      publish: ({ before, after }) => `${before?.sips ?? 0} to ${after.sips}`,
      cancel: () => 'saucer',
      record: ({ version }) => `sip ${version}`,
    },
  },
  timer: (cup) => (cup !== undefined && cup.sips > 0 ? cold('cup') : undefined),
};

/** A unit of work that records its calls. */
const aUnit = (stored: Readonly<Record<string, Versioned<Cup>>> = {}) => {
  const said = {
    asked: [] as string[],
    saved: [] as Change<Cup, Event>[],
    published: [] as NewEvent[],
    tasks: [] as unknown[],
    recorded: [] as string[],
  };
  const tx = {
    outbox: {
      add: async (...events: NewEvent[]) => void said.published.push(...(await Promise.resolve(events))),
    },
    tasks: {
      schedule: async (...tasks: NewTask[]) => void said.tasks.push(...(await Promise.resolve(tasks))),
      complete: async (...keys: string[]) => void said.tasks.push(...(await Promise.resolve(keys))),
    },
  } as unknown as BaseTx;
  const run = makeRun(cups, {
    clock: new ManualClock(START),
    aggregates: () => ({
      find: (ids) => {
        said.asked.push(...ids);
        return Promise.resolve(new Map(Object.entries(stored)));
      },
      save: async (...changes) => void said.saved.push(...(await Promise.resolve(changes))),
    }),
    toWire: (publication, version) =>
      ({ payload: publication, aggregateVersion: version }) as unknown as NewEvent,
    record: async (_, entries) => void said.recorded.push(...(await Promise.resolve(entries))),
  });
  return { said, run, tx };
};

const FILL: Command = { type: 'fill', sips: 2 };
const DRINK: Command = { type: 'drink' };
const CAUSE = { correlationId: 'story', causationId: 'event' };

describe('a process', () => {
  it('has the state that its history leads to, from any state', () => {
    const history: Event[] = [{ type: 'filled', sips: 3 }, { type: 'drunk' }];
    expect(fold<Cup | undefined, Event>(cups, history, undefined)).toEqual({ sips: 2 });
    expect(fold<Cup | undefined, Event>(cups, [{ type: 'drunk' }], { sips: 9 })).toEqual({ sips: 8 });
  });

  it('loads all aggregates at once and saves each once, with all its events', async () => {
    const { said, run, tx } = aUnit({ full: { state: { sips: 4 }, version: 7 } });
    await run(tx, [
      { id: 'full', command: DRINK },
      { id: 'new', command: FILL },
      { id: 'full', command: DRINK },
    ]);
    expect(said.asked).toEqual(['full', 'new']);
    expect(said.saved).toEqual([
      { id: 'full', state: { sips: 2 }, version: 9, events: [{ type: 'drunk' }, { type: 'drunk' }] },
      { id: 'new', state: { sips: 2 }, version: 1, events: [{ type: 'filled', sips: 2 }] },
    ]);
  });

  it('decides each command on the result of the earlier ones, and continues after a refusal', async () => {
    const { said, run, tx } = aUnit();
    const outcomes = await run(tx, [
      { id: 'cup', command: DRINK },
      { id: 'cup', command: { type: 'fill', sips: 1 } },
      { id: 'cup', command: DRINK },
    ]);
    expect(outcomes).toMatchObject([
      { ok: false, error: { code: 'EMPTY' } },
      { ok: true, value: { state: { sips: 1 }, version: 1 } },
      { ok: true, value: { state: { sips: 0 }, version: 2 } },
    ]);
    expect(said.published).toEqual([{ payload: '1 to 0', aggregateVersion: 2 }]);
    expect(said.recorded).toEqual(['sip 2']);
  });

  it('saves nothing for a refusal', async () => {
    const { said, run, tx } = aUnit();
    expect(await runOne(run, tx, { id: 'cup', command: DRINK })).toMatchObject({ ok: false });
    expect(said).toMatchObject({ saved: [], published: [], tasks: [], recorded: [] });
  });

  it('does not load aggregates that its caller passes', async () => {
    const { said, run, tx } = aUnit();
    const known = new Map([['cup', { state: { sips: 1 }, version: 3 }]]);
    expect(await runOne(run, tx, { id: 'cup', command: DRINK }, known)).toMatchObject({
      value: { version: 4 },
    });
    expect(said.asked).toEqual([]);
  });

  it('has a timer while a state waits', async () => {
    const { said, run, tx } = aUnit();
    await run(tx, [{ id: 'cup', command: FILL }]);
    expect(said.tasks).toEqual([cold('cup')]);
    await run(tx, [{ id: 'cup', command: DRINK }], new Map([['cup', { state: { sips: 2 }, version: 1 }]]));
    expect(said.tasks).toEqual([cold('cup'), 'saucer']);
    await run(tx, [{ id: 'cup', command: DRINK }], new Map([['cup', { state: { sips: 1 }, version: 2 }]]));
    expect(said.tasks).toEqual([cold('cup'), 'saucer', 'cup:cold', 'saucer']);
  });

  it('cancels and schedules in the order of its events', async () => {
    const { said, run, tx } = aUnit({ cup: { state: { sips: 1 }, version: 1 } });
    await run(tx, [
      { id: 'cup', command: DRINK },
      { id: 'cup', command: { type: 'fill', sips: 6 } },
    ]);
    expect(said.tasks).toMatchObject(['cup:cold', 'saucer', { key: 'cup:cold' }, { key: 'saucer' }]);
  });

  it('gives all consequences the cause of their command', async () => {
    const { said, run, tx } = aUnit();
    await run(tx, [
      { id: 'cup', command: FILL, cause: CAUSE },
      { id: 'cup', command: DRINK },
    ]);
    expect(said.tasks).toStrictEqual([{ ...cold('cup'), cause: CAUSE }, 'saucer']);
    expect(said.published).toStrictEqual([{ payload: '2 to 1', aggregateVersion: 2 }]);
  });
});
