/** Where a service keeps what every service has; `prefix` is its own, as `cart-service`. */
export const keysOf = (prefix: string) => ({
  /** A stream. */
  outbox: `${prefix}:outbox`,
  relay: `${prefix}:relay`,
  handled: (consumer: string, eventId: string) => `${prefix}:inbox:${consumer}:${eventId}`,
  deadLetter: (consumer: string, eventId: string) => `${prefix}:dead:${consumer}:${eventId}`,
  /** Keys of dead letters by when they were parked. */
  deadLetters: `${prefix}:dead`,
  outcome: (principal: string, operation: string, key: string) =>
    `${prefix}:idempotency:${JSON.stringify([principal, operation, key])}`,
  task: (key: string) => `${prefix}:task:${key}`,
  /** Keys of all tasks by when they were promised. */
  tasks: `${prefix}:tasks`,
  /** Keys of the tasks of one kind by when somebody may take them. */
  due: (kind: string) => `${prefix}:due:${kind}`,
});

export type Keys = ReturnType<typeof keysOf>;
