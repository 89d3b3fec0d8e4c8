import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { makeRecordActs } from '../../core/application/audit-trail.ts';
import type { AuditedAct } from '../../core/domain/audit.ts';
import type { UserTx } from '../../core/ports/user-tx.ts';

const toAct = ({
  event_id,
  timestamp,
  correlation_id,
  payload,
}: EventEnvelope<'staff.acted'>): AuditedAct => ({
  entryId: event_id,
  at: new Date(timestamp),
  service: payload.service,
  actorId: payload.actor_id,
  operation: payload.operation,
  category: payload.category,
  reason: payload.reason,
  subject: payload.subject,
  before: payload.before,
  after: payload.after,
  correlationId: correlation_id,
});

export const auditHandlers = (recordActs: ReturnType<typeof makeRecordActs>): Handlers<UserTx> => ({
  'staff.acted': (tx, events) => recordActs(tx, events.map(toAct)),
});
