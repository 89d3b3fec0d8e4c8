/** What of an event enters the lake: nothing that `contracts/lake` does not name. */
export interface LakeRow {
  readonly eventId: string;
  readonly eventType: string;
  readonly eventVersion: number;
  /** When the event was recorded, ISO 8601 UTC; its day is the partition. */
  readonly recordedAt: string;
  /** The pseudonym of the user, or of a guest's cart. */
  readonly shopper?: string | undefined;
  /** As on the wire. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Rows that are written together. However often that is tried, the same batch has the same rows. */
export interface LakeBatch {
  readonly batchId: string;
  readonly rows: readonly LakeRow[];
}
