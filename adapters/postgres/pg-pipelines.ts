import { Socket } from 'node:net';
import pg from 'pg';

/** A connection, or a choice of them. */
export interface Queryable {
  query(config: pg.QueryConfig): Promise<pg.QueryResult>;
}

export interface Pipelines extends Queryable {
  /** Closes the connections after the current statements. */
  close(): Promise<void>;
}

interface Pipeline {
  readonly client: pg.Client;
  /** Sends the statements of one turn of the event loop with one system call. */
  readonly gather: () => void;
  readonly connected: Promise<unknown>;
  /** Statements without a response. */
  pending: number;
  /** It gets no more statements, and is closed after the last one. */
  isRetired: boolean;
}

export interface PipelineOptions {
  /** Called for each connection. */
  readonly config: () => pg.ClientConfig;
  /** Number of connections. */
  readonly size: number;
  /** After this time a connection is replaced; without it, only when it breaks. */
  readonly lifetimeMs?: number | undefined;
  readonly onError: (error: Error) => void;
}

const endIfDone = ({ client, pending, isRetired }: Pipeline): void => {
  if (isRetired && pending === 0) client.end().catch(() => undefined);
};

/** Corks a socket until the other callbacks of the turn have run. */
const onceATurn = (socket: Socket): (() => void) => {
  let isCorked = false;
  return () => {
    if (isCorked) return;
    isCorked = true;
    socket.cork();
    setImmediate(() => {
      isCorked = false;
      socket.uncork();
    });
  };
};

/**
 * A few connections on which statements are sent without waiting for the responses to earlier ones: under load that
 * saves most of the system calls on either side. Each statement is a separate transaction, so one that fails does not
 * affect the others. A connection that breaks fails the statements on it and is replaced for the next one.
 */
export const openPipelines = ({ config, size, lifetimeMs, onError }: PipelineOptions): Pipelines => {
  const pipelines: (Pipeline | undefined)[] = Array.from({ length: size }, () => undefined);

  const open = (index: number): Pipeline => {
    const socket = new Socket();
    const client = new pg.Client({ ...config(), pipeline: true, stream: () => socket });
    const drop = (): void => {
      if (pipelines[index]?.client === client) pipelines[index] = undefined;
    };
    client.on('error', (error) => {
      drop();
      onError(error);
    });
    client.on('end', drop);
    const connected = client.connect();
    connected.catch(drop);
    const pipeline = { client, gather: onceATurn(socket), connected, pending: 0, isRetired: false };
    if (lifetimeMs !== undefined) {
      const timer = setTimeout(() => {
        drop();
        pipeline.isRetired = true;
        endIfDone(pipeline);
      }, lifetimeMs).unref();
      client.once('end', () => {
        clearTimeout(timer);
      });
    }
    return (pipelines[index] = pipeline);
  };

  /** The one with the fewest statements pending; a new one if all are busy. */
  const choose = (): Pipeline => {
    let best: Pipeline | undefined;
    for (const [index, pipeline] of pipelines.entries()) {
      if (pipeline?.pending === 0) return pipeline;
      if (!pipeline) return open(index);
      if (!best || pipeline.pending < best.pending) best = pipeline;
    }
    return best ?? open(0);
  };

  return {
    query: async (statement) => {
      const pipeline = choose();
      pipeline.pending += 1;
      try {
        await pipeline.connected;
        pipeline.gather();
        return await pipeline.client.query(statement);
      } finally {
        pipeline.pending -= 1;
        endIfDone(pipeline);
      }
    },
    close: async () => {
      const ending = pipelines.filter((pipeline) => pipeline !== undefined);
      await Promise.all(ending.map(({ client }) => client.end().catch(() => undefined)));
    },
  };
};
