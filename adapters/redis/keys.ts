/** The keys of the platform's data in a service; `prefix` belongs to the service, such as `cart-service`. */
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
  /** Keys of all tasks by when they were scheduled. */
  tasks: `${prefix}:tasks`,
  /** Keys of the tasks of one kind by when they can be claimed. */
  due: (kind: string) => `${prefix}:due:${kind}`,
});

export type Keys = ReturnType<typeof keysOf>;
