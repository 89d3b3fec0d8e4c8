import { derivedId } from '#adapters/system/derived-id.ts';
import type { ClaimFacts } from '../../core/application/report-behaviour.ts';

/** Remembered like events that a consumer has handled. The IDs that pages make are only theirs within a visit. */
export const claimFacts: ClaimFacts = async (inbox, { sessionId }, facts) => {
  const named = facts.map((fact) => ({ fact, event_id: derivedId(sessionId, fact.id) }));
  const fresh = await inbox.claim('analytics.reports', named);
  return fresh.map(({ fact }) => fact);
};
