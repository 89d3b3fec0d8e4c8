/** A message as the bus writes it. */
export interface Outgoing {
  readonly topic: string;
  /** Messages of one key go to one partition, and so keep their order. */
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A message as it comes back. */
export interface Incoming {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** The raw bytes; the writer need not have been ours. */
  readonly value: Uint8Array;
}

export interface TopicSettings {
  readonly partitions: number;
  /** -1: what the broker is set to. */
  readonly replicas: number;
  readonly retentionMs: number;
}

/** What a member of a group takes. */
export interface Consumption {
  readonly group: string;
  readonly topics: readonly string[];
  /** Messages at most in a batch. */
  readonly batch: number;
  /**
   * Called with one batch at a time, in order per partition; its offsets are committed once it resolves. It rejects only
   * when `signal` has asked it to give up, because the member is stopping or has lost its partitions.
   */
  handle(batch: readonly Incoming[], signal: AbortSignal): Promise<void>;
  /** Told of what goes wrong on the way; the member goes on by itself. */
  onError(error: unknown): void;
}

/** Belongs to a group until it is stopped. */
export interface Member {
  /** Leaves the group when the batch in hand is done. */
  stop(): Promise<void>;
}

/** What the bus needs of a Kafka client library; the only file that knows one implements this. */
export interface KafkaClient {
  /** Makes those that are missing. */
  createTopics(topics: readonly string[], settings: TopicSettings): Promise<void>;
  /** Resolves when all in-sync replicas have the messages; each is written once, in order per key. */
  send(messages: readonly Outgoing[]): Promise<void>;
  /** Joins the group, from its beginning where it is new; goes on through errors until it is stopped. */
  join(consumption: Consumption): Member;
  /** Messages of `topics` that `group` has yet to commit. */
  waiting(group: string, topics: readonly string[]): Promise<number>;
  close(): Promise<void>;
}
