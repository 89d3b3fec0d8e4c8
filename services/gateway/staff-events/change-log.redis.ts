import { z } from 'zod';
import type { RedisConnection } from '#adapters/redis/connection.ts';
import { KEPT, type ChangeLog, type Progress } from './change-log.ts';
import { KINDS, type Change } from './changes.ts';

const Changes = z.array(z.object({ kind: z.enum(KINDS), id: z.string() }));

const FIELD = 'changes';

/** For all gateways on this Redis: a stream, whose entry IDs are the positions. */
export class RedisChangeLog implements ChangeLog {
  readonly #connection: RedisConnection;
  readonly #key: string;

  constructor(connection: RedisConnection, prefix = 'gateway') {
    this.#connection = connection;
    this.#key = `${prefix}:changes`;
  }

  /** Throws `StoreUnavailable`: the bus redelivers the events. */
  async append(changes: readonly Change[]): Promise<void> {
    await this.#add(changes);
  }

  async end(): Promise<string> {
    const [last] = await this.#connection.run((client) => client.xrevrange(this.#key, '+', '-', 'COUNT', 1));
    return last ? last[0] : this.#add([]);
  }

  async after(position: string): Promise<Progress | undefined> {
    const [first, ...entries] = await this.#connection.run((client) =>
      client.xrange(this.#key, position, '+'),
    );
    if (first?.[0] !== position) return undefined;
    return {
      changes: entries.flatMap(([, [, changes = '[]']]) => Changes.parse(JSON.parse(changes))),
      position: entries.at(-1)?.[0] ?? position,
    };
  }

  /** @returns the position of the new entry */
  async #add(changes: readonly Change[]): Promise<string> {
    const text = JSON.stringify(changes);
    const id = await this.#connection.run((client) =>
      client.xadd(this.#key, 'MAXLEN', '~', KEPT, '*', FIELD, text),
    );
    if (id === null) throw new Error('Redis did not add to its stream');
    return id;
  }
}
