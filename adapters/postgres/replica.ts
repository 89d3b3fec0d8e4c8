import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from './sql.ts';

const LOOK_AGAIN_MS = 5;

const POSITION = `select pg_current_wal_insert_lsn()::text as lsn, system_identifier::text as cluster
                  from pg_control_system()`;
const HOLDS = `select pg_is_in_recovery() and system_identifier::text = $2 as follows,
                      coalesce(pg_last_wal_replay_lsn() >= $1::pg_lsn, false) as holds
               from pg_control_system()`;

export interface ReplicaOptions {
  readonly primary: Sql;
  /** One server: of several behind one address, one could be behind another. */
  readonly replica: Sql;
  /** For how long, in milliseconds, the replica is trusted once it was seen to hold all; the same on all instances. */
  readonly lagMs: number;
  /** Told when the replica begins to fail; reads go to the primary then. */
  readonly onError: (error: unknown) => void;
  /** Told where a read goes. */
  readonly onRead: (from: 'primary' | 'replica') => void;
  /** Milliseconds by a clock that nobody sets. */
  readonly now?: () => number;
}

/** How far the primary has written, and which one it is. */
type Position = readonly [lsn: string, cluster: string];

interface Standing {
  /** It replicates that primary. */
  readonly follows: boolean;
  /** It has got as far. */
  readonly holds: boolean;
}

/**
 * A streaming replica that is read only while it holds every write that was answered before; see ADR 19.
 *
 * A reader that knows the replica to hold all that was committed at some moment trusts it for `lagMs` from that moment on.
 * A writer answers when the replica holds the write, or when `lagMs` have passed: whoever trusts it still has seen that it
 * holds the write. Instances need share nothing but `lagMs`.
 */
export class Replica {
  readonly #options: ReplicaOptions;
  readonly #now: () => number;
  #lookedAt = -Infinity;
  #trustedUntil = -Infinity;
  #doubts = 0;
  #isFailing = false;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Reads from the replica if that can miss nothing, else from the primary. */
  async read<T>(fromReplica: () => Promise<T>, fromPrimary: () => Promise<T>): Promise<T> {
    const now = this.#now();
    // While it is still trusted, so that steady readers need not wait.
    if (now - this.#lookedAt >= this.#options.lagMs / 2) void this.#catchUp(now);
    if (now < this.#trustedUntil) {
      this.#options.onRead('replica');
      try {
        return await fromReplica();
      } catch (error) {
        this.doubt(error);
      }
    }
    this.#options.onRead('primary');
    return fromPrimary();
  }

  /** Resolves once no read can miss what is committed by now: `lagMs` from now at the latest. */
  async settled(): Promise<void> {
    const since = this.#now();
    const tooLong = pause(this.#options.lagMs, false, { ref: false });
    if (await Promise.race([this.#catchUp(since), tooLong])) return;
    for (let left = this.#left(since); left > 0; left = this.#left(since)) await pause(left);
  }

  /** Trusts it no more, until it was looked at again: one that has crashed forgets for a while what it had. */
  doubt(error: unknown): void {
    this.#doubts += 1;
    this.#trustedUntil = -Infinity;
    if (!this.#isFailing) this.#options.onError(error);
    this.#isFailing = true;
  }

  /** Whether it is a replica of this primary; throws when one of them does not answer. */
  async follows(): Promise<boolean> {
    return (await this.#ask(await this.#position())).follows;
  }

  #left(since: number): number {
    return since + this.#options.lagMs - this.#now();
  }

  /** Whether it comes to hold all that was committed at `since`, before that is too long ago. */
  async #catchUp(since: number): Promise<boolean> {
    this.#lookedAt = Math.max(this.#lookedAt, since);
    const doubts = this.#doubts;
    try {
      const position = await this.#position();
      while (!(await this.#holds(position))) {
        if (this.#left(since) <= 0) return false;
        await pause(LOOK_AGAIN_MS);
      }
    } catch (error) {
      this.doubt(error);
    }
    if (doubts !== this.#doubts) return false;
    this.#isFailing = false;
    this.#trustedUntil = Math.max(this.#trustedUntil, since + this.#options.lagMs);
    return true;
  }

  async #holds(position: Position): Promise<boolean> {
    const { follows, holds } = await this.#ask(position);
    if (!follows) throw new Error('not a replica of this primary');
    return holds;
  }

  async #position(): Promise<Position> {
    const [row] = await this.#options.primary.query<{ lsn: string; cluster: string }>(POSITION);
    if (!row) throw new Error('the primary returned no state');
    return [row.lsn, row.cluster];
  }

  async #ask(position: Position): Promise<Standing> {
    const [row] = await this.#options.replica.query<Standing>(HOLDS, position);
    if (!row) throw new Error('the replica returned no state');
    return row;
  }
}
