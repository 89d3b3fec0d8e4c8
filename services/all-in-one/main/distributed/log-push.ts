import { z } from 'zod';

/** Lines that wait while the server is away; older ones are only in the log file. */
const MOST_LINES = 10_000;
const EVERY_MS = 500;
const PATIENCE_MS = 5_000;
const NS_PER_MS = 1_000_000n;

const Line = z.object({ level: z.int(), time: z.iso.datetime() });
const LEVELS = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);

interface Entry {
  readonly app: string;
  readonly severity: string;
  readonly at: Date;
  readonly line: string;
}

/** A line of pino says its level and time; others are output of the process. */
const entryOf = (process: string, line: string): Entry => {
  const [app = ''] = process.split('.');
  try {
    const { level, time } = Line.parse(JSON.parse(line));
    return { app, severity: LEVELS.get(level) ?? 'info', at: new Date(time), line };
  } catch {
    return { app, severity: 'info', at: new Date(), line };
  }
};

/** The body of Loki's `POST /loki/api/v1/push`. Labels are few, and have other names than the fields of lines. */
const bodyOf = (entries: readonly Entry[]): string => {
  const streams = Map.groupBy(entries, ({ app, severity }) => `${app} ${severity}`);
  return JSON.stringify({
    streams: [...streams.values()].map((some) => ({
      stream: { app: some[0]?.app, severity: some[0]?.severity },
      values: some.map(({ at, line }) => [String(BigInt(at.getTime()) * NS_PER_MS), line]),
    })),
  });
};

export interface LogPush {
  /** Sends a line of a process, such as `order` or `order.2`, soon. */
  add(process: string, line: string): void;
  /** Sends the rest, and stops. */
  close(): Promise<void>;
}

/** Sends lines to a server that takes Loki's push, as an agent does in a cluster. What can't be sent waits, and never fails. */
export const makeLogPush = (url: string): LogPush => {
  let waiting: Entry[] = [];
  const send = async (): Promise<void> => {
    const entries = waiting;
    if (entries.length === 0) return;
    waiting = [];
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const sent = await fetch(url, { method: 'POST', headers, body: bodyOf(entries), signal }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!sent) waiting = [...entries, ...waiting].slice(-MOST_LINES);
  };
  let sending = Promise.resolve();
  const timer = setInterval(() => {
    sending = sending.then(send);
  }, EVERY_MS);
  timer.unref();
  return {
    add: (process, line) => {
      waiting.push(entryOf(process, line));
      if (waiting.length > MOST_LINES) waiting.shift();
    },
    close: async () => {
      clearInterval(timer);
      await sending;
      await send();
    },
  };
};
