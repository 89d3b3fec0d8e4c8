import { expect, it } from 'vitest';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { string } from '#test/kit/pact/matchers.ts';
import { memoryAuditQueries } from '../../adapters/memory/memory-audit.ts';
import { user } from '../../main/module.ts';
import { CHEAP } from '../service.ts';

const PROVIDERS = ['catalog', 'inventory', 'order', 'review', 'search'] as const;

/** The audit trail takes the acts of staff from all services in the same way. */
for (const provider of PROVIDERS)
  describeContract('user', provider, (contract) => {
    it('what staff have changed, for the audit trail', () =>
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
      ));
  });
