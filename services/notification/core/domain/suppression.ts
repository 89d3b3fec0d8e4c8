import type { StoredDocument } from '#kernel/documents.ts';

export type Complaint = 'hard_bounce' | 'complaint';

/** An address that mails do not reach, or whose owner called one spam. */
export interface Suppression extends StoredDocument {
  readonly email: string;
  readonly reason: Complaint;
  /** ISO 8601. */
  readonly since: string;
  /** When staff allowed mails again; reports of earlier events have no effect. */
  readonly liftedAt?: string;
}

/** What a provider reports about a message. */
export interface Feedback {
  readonly at: string;
  /** The message, if the provider says which. */
  readonly notificationId?: string | undefined;
  /** Why no more mails may go to the address. */
  readonly suppress?: { readonly email: string; readonly reason: Complaint } | undefined;
  /** Why the message did not arrive. */
  readonly failure?: string | undefined;
}

type Report = Pick<Suppression, 'email' | 'reason' | 'since'>;

/** What is known after a report; undefined if it says nothing new. */
export const afterReport = (
  id: string,
  known: Suppression | undefined,
  { email, reason, since }: Report,
): Suppression | undefined => {
  const isOld = known && (known.liftedAt === undefined || Date.parse(since) <= Date.parse(known.liftedAt));
  return isOld ? undefined : { id, version: (known?.version ?? 0) + 1, email, reason, since };
};

export const isActive = (known: Suppression | undefined): known is Suppression =>
  known !== undefined && known.liftedAt === undefined;
