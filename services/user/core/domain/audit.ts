import { canonicalJson, type InJson } from '#kernel/json.ts';

/** A change by staff, as a service has announced it. */
export interface AuditedAct {
  /** The ID of the event. */
  readonly entryId: string;
  readonly at: Date;
  readonly service: string;
  readonly actorId: string;
  readonly operation: string;
  readonly category: string;
  readonly reason?: string | undefined;
  readonly subject: { readonly kind: string; readonly id: string };
  /** The properties that changed; absent if the record is new. */
  readonly before?: object | undefined;
  /** The same properties afterwards; absent if the record is removed. */
  readonly after?: object | undefined;
  readonly correlationId: string;
}

/** An entry of the audit trail: the act as text, chained to the entry before, and what of it can be searched. */
export interface AuditEntry extends Omit<AuditedAct, 'reason' | 'before' | 'after'> {
  /** Counts entries from 1, without a gap. */
  readonly seq: number;
  /** Of `previousHash` and `text`. */
  readonly hash: string;
  readonly previousHash: string;
  /** JSON with sorted names. */
  readonly text: string;
}

/** The last entry of a chain. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** Before the first entry. */
export const NO_ENTRIES: Head = { seq: 0, hash: '0'.repeat(64) };

/** SHA-256 of a text in UTF-8, in hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** An act as text; `actIn` reads it. */
const textOf = (act: AuditedAct, seq: number): string => canonicalJson({ ...act, seq });

/** The act and its number in the text of an entry, which only `chain` writes. */
export const actIn = ({ text }: Pick<AuditEntry, 'text'>): InJson<AuditedAct> & { readonly seq: number } =>
  JSON.parse(text) as InJson<AuditedAct> & { readonly seq: number };

/** The entries of acts that follow `head`, in their order. */
export const chain = (head: Head, acts: readonly AuditedAct[], sha256: Sha256): readonly AuditEntry[] => {
  let { seq, hash } = head;
  return acts.map((act) => {
    const { reason: _, before: __, after: ___, ...searched } = act;
    const previousHash = hash;
    const text = textOf(act, (seq += 1));
    hash = sha256(previousHash + text);
    return { ...searched, seq, hash, previousHash, text };
  });
};

/** What is wrong with the entry that follows `head`; undefined if nothing. */
export const faultOf = (head: Head, entry: AuditEntry, sha256: Sha256): string | undefined => {
  if (entry.seq !== head.seq + 1) return `is missing: entry ${entry.seq} follows`;
  if (entry.previousHash !== head.hash) return 'does not follow the entry before';
  if (entry.hash !== sha256(entry.previousHash + entry.text))
    return 'was changed: its hash is not that of its text';
  const { hash: _, previousHash: __, text: ___, ...found } = entry;
  const { reason: ____, before: _____, after: ______, ...written } = actIn(entry);
  return canonicalJson(found) === canonicalJson(written)
    ? undefined
    : 'was changed: what it is found by differs from its text';
};
