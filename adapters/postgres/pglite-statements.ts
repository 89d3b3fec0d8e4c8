import { parse, protocol, type PGlite } from '@electric-sql/pglite';
import { LRUCache } from 'lru-cache';
import { sqlState, type SqlResult } from './sql.ts';

/** More than the shop uses often; a plan takes some 20 kB. */
const MOST_PREPARED = 256;
/** Everything else may change the schema or a setting, and with it what a prepared statement does. */
const REPEATED = /^\s*(select|with|insert|update|delete)\b/i;
/** It returns other columns than when it was prepared. */
const PLAN_IS_STALE = '0A000';

interface Prepared {
  readonly name: string;
  /** Type of each parameter. */
  readonly types: readonly number[];
  /** The columns of its rows; empty if it returns none. */
  readonly columns: Messages;
}

type Messages = Awaited<ReturnType<PGlite['execProtocolStream']>>;

const { serialize } = protocol;

/**
 * Statements that PGlite parses and plans once. Its own `query` does so each time, in five calls, which takes seven times as
 * long. Without a lock: the caller keeps transactions apart.
 */
export class PgliteStatements {
  readonly #pglite: PGlite;
  readonly #prepared = new LRUCache<string, Prepared>({
    max: MOST_PREPARED,
    dispose: ({ name }) => {
      this.#disused.push(serialize.close({ type: 'S', name }));
    },
  });
  /** Messages that close statements; they go with the next one that is prepared. */
  #disused: Uint8Array[] = [];
  #names = 0;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async run<Row>(text: string, params: readonly unknown[]): Promise<SqlResult<Row>> {
    if (!REPEATED.test(text)) {
      this.forget();
      const { rows, affectedRows } = await this.#pglite.query<Row>(text, [...params]);
      return { rows, changed: affectedRows ?? 0 };
    }
    const { name, types, columns } = this.#prepared.get(text) ?? (await this.#prepare(text));
    const values = params.map((value, index) => this.#written(value, types[index]));
    const messages = await this.#send([
      serialize.bind({ statement: name, values }),
      serialize.execute({}),
      serialize.sync(),
    ]);
    const [result] = parse.parseResults([...columns, ...messages], this.#pglite.parsers);
    return { rows: (result?.rows ?? []) as Row[], changed: result?.affectedRows ?? 0 };
  }

  /** Runs a command without parameters; returns its tag, which tells what happened: `COMMIT`, or `ROLLBACK` instead of it. */
  async command(text: string): Promise<string> {
    const messages = await this.#send([serialize.query(text)]);
    const done = messages.find((one) => one.name === 'commandComplete');
    return done && 'text' in done ? String(done.text) : '';
  }

  /** Another schema may change what a statement returns. */
  forget(): void {
    this.#prepared.clear();
  }

  async #prepare(text: string): Promise<Prepared> {
    this.#names += 1;
    const name = `s${this.#names}`;
    const messages = await this.#send([
      ...this.#disused.splice(0),
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    ]);
    const types = parse.parseDescribeStatementResults(messages);
    const prepared = { name, types, columns: messages.filter((one) => one.name === 'rowDescription') };
    this.#prepared.set(text, prepared);
    return prepared;
  }

  #written(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const write = type === undefined ? undefined : this.#pglite.serializers[type];
    if (write) return write(value);
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  async #send(parts: readonly Uint8Array[]): Promise<Messages> {
    const messages = await this.#pglite.execProtocolStream(Buffer.concat(parts), { throwOnError: false });
    const failure = messages.find((one) => one instanceof Error);
    if (!failure) return messages;
    if (sqlState(failure) === PLAN_IS_STALE) this.forget();
    throw failure;
  }
}
