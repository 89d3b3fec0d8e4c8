/** The statement by which consumers remember the events that they have handled. The canary removes it. */
export const CLAIM = 'await tx.inbox.claim(consumer, batch, expected)';

export const CONSUMER = new URL('../../adapters/messaging/consumer.ts', import.meta.url);
