import { expect, it } from 'vitest';
import type { EventType } from '#kernel/events.ts';
import type { Contract } from '#test/kit/pact/contract.ts';
import { eachLike, regex, string, uuid } from '#test/kit/pact/matchers.ts';
import { changesOf, type Kind } from '../../staff-events/changes.ts';

export const ID = '0190a000-0000-7000-8000-000000000001';
export const VARIANT = '0190a000-0000-7000-8000-000000000002';

export const LINES = { items: eachLike({ variant_id: uuid(VARIANT) }) };

type Reported = readonly `${Kind} ${string}`[];

/** Events with the ID of a record, as the envelope's key. */
export const reports = (
  contract: Contract,
  types: readonly EventType[],
  reported: Reported,
  payload: object = {},
): void => {
  it.each(types)('what has changed, for staff: %s', (type) =>
    contract.hears(
      type,
      payload,
      (event) => {
        const { now, soon } = changesOf(event);
        const names = [...now, ...soon].map(({ kind, id }) => `${kind} ${id}`);
        expect([...new Set(names)].sort()).toEqual([...reported].sort());
        return Promise.resolve();
      },
      { aggregate_id: string(ID), key: string(ID) },
    ),
  );
};

export const reportsActs = (contract: Contract, subject: string, kind: Kind): void => {
  it('what staff have changed', () =>
    contract.hears(
      'staff.acted',
      { subject: { kind: regex(`^${subject}$`, subject), id: string(ID) } },
      (event) => {
        expect(changesOf(event)).toEqual({ now: [{ kind, id: ID }], soon: [] });
        return Promise.resolve();
      },
    ));
};
