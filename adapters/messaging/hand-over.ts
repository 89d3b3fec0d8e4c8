import { backoff } from './backoff.ts';

/** An event in its outbox. */
export interface OutboxEvent {
  /** The schema that the outbox is in. */
  readonly outbox: string;
  readonly seq: number;
  readonly eventId: string;
  readonly type: string;
  /** The envelope in JSON. */
  readonly text: string;
}

/** Delivers the events of a unit of work as soon as it has committed. */
export interface HandOver {
  /** Must be called before the commit is sent. */
  ticket(): Ticket;
}

/** A place in the order of hand-overs; exactly one of its methods is called, once. */
export interface Ticket {
  committed(events: readonly OutboxEvent[]): void;
  rolledBack(): void;
  /** The connection broke, so the outboxes must say whether it committed. */
  unknown(): void;
}

type State =
  | { readonly is: 'pending' | 'dropped' | 'unknown' }
  | { readonly is: 'committed'; readonly events: readonly OutboxEvent[] };

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

export interface HandOverOptions {
  readonly deliver: (events: readonly OutboxEvent[]) => void;
  /** Delivers everything in the outboxes that was not delivered yet. */
  readonly reread: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Hands events over in the order of their tickets, whichever commit is acknowledged first.
 *
 * That keeps the order of events with one key: a later unit takes its ticket after it has read what the earlier one
 * committed, and the earlier one had its ticket before that. After an unknown outcome everything waits until the outboxes
 * have been read again.
 */
export const makeHandOver = ({ deliver, reread, onError }: HandOverOptions): HandOver => {
  const queue: { state: State }[] = [];
  let isRereading = false;

  const rereadUntilDone = async (): Promise<void> => {
    for (let failures = 0; ; failures += 1)
      try {
        await reread();
        return;
      } catch (error) {
        onError(error);
        const ms = backoff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
        await new Promise((resolve) => setTimeout(resolve, ms).unref());
      }
  };

  const advance = (): void => {
    for (let head = queue[0]; head && !isRereading; head = queue[0]) {
      const { state } = head;
      if (state.is === 'pending') return;
      queue.shift();
      if (state.is === 'committed') deliver(state.events);
      if (state.is === 'unknown') {
        isRereading = true;
        void rereadUntilDone().then(() => {
          isRereading = false;
          advance();
        });
      }
    }
  };

  return {
    ticket: () => {
      const entry: { state: State } = { state: { is: 'pending' } };
      queue.push(entry);
      const become = (state: State): void => {
        entry.state = state;
        advance();
      };
      return {
        committed: (events) => {
          become({ is: 'committed', events });
        },
        rolledBack: () => {
          become({ is: 'dropped' });
        },
        unknown: () => {
          become({ is: 'unknown' });
        },
      };
    },
  };
};
