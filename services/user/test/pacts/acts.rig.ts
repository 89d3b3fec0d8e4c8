import { expect } from 'vitest';
import type { Contract } from '#test/kit/pact/contract.ts';
import { string } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { memoryAuditQueries } from '../../adapters/memory/memory-audit.ts';
import { user } from '../../main/module.ts';
import { CHEAP } from '../service.ts';

/** The audit trail takes the acts of staff from every service in the same way. */
export const hearsActs = (contract: Contract, provider: string): Promise<void> =>
  contract.hears(
    'staff.acted',
    {
      service: provider,
      actor_id: string('a manager'),
      operation: string('updateThing'),
      category: string('things'),
      subject: { kind: string('thing'), id: string('an ID') },
    },
    async (event) => {
      const { database, hear } = await openSubscriber(user, { env: CHEAP });
      await hear(event);
      const [entry] = await memoryAuditQueries(database).after(0, 1);
      expect(entry).toMatchObject({
        seq: 1,
        entryId: event.event_id,
        service: provider,
        actorId: 'a manager',
        operation: 'updateThing',
        category: 'things',
        subject: { kind: 'thing', id: 'an ID' },
        correlationId: event.correlation_id,
      });
    },
  );
