/** A message to send. */
export interface Outgoing {
  readonly topic: string;
  /** Messages with the same key go to the same partition, so their order is kept. */
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A received message. */
export interface Incoming {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** The raw bytes; the producer may be a foreign program. */
  readonly value: Uint8Array;
}

export interface TopicSettings {
  readonly partitions: number;
  /** -1: the default of the broker. */
  readonly replicas: number;
  readonly retentionMs: number;
}

/** The options of a member of a group. */
export interface Consumption {
  readonly group: string;
  readonly topics: readonly string[];
  /** Maximum number of messages in a batch. */
  readonly batch: number;
  /**
   * Called with one batch at a time, in order per partition; its offsets are committed once it resolves. It rejects only
   * if `signal` is aborted, because the member is stopping or has lost its partitions.
   */
  handle(batch: readonly Incoming[], signal: AbortSignal): Promise<void>;
  /** Called for errors; the member recovers by itself. */
  onError(error: unknown): void;
}

/** A membership in a group, until it is stopped. */
export interface Member {
  /** Leaves the group after the current batch. */
  stop(): Promise<void>;
}

/** The interface of the bus to a Kafka client library. */
export interface KafkaClient {
  /** Creates missing topics. */
  createTopics(topics: readonly string[], settings: TopicSettings): Promise<void>;
  /** Resolves once all in-sync replicas have the messages; each is written once, in order per key. */
  send(messages: readonly Outgoing[]): Promise<void>;
  /** Joins the group, starting at the beginning if it is new; continues after errors until it is stopped. */
  join(consumption: Consumption): Member;
  /** Messages of `topics` that `group` has not committed. */
  waiting(group: string, topics: readonly string[]): Promise<number>;
  close(): Promise<void>;
}
