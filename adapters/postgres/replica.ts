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
  /** A single server: several behind one address could lag differently. */
  readonly replica: Sql;
  /** How long, in milliseconds, the replica is trusted after it was seen to be complete; the same on all instances. */
  readonly lagMs: number;
  /** Called when the replica starts to fail; reads then go to the primary. */
  readonly onError: (error: unknown) => void;
  /** Called with the target of each read. */
  readonly onRead: (from: 'primary' | 'replica') => void;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/** The log position and identity of the primary. */
type Position = readonly [lsn: string, cluster: string];

interface Standing {
  /** Whether it replicates this primary. */
  readonly follows: boolean;
  /** Whether it has replayed this position. */
  readonly holds: boolean;
}

/**
 * A streaming replica that is read only while it contains every confirmed write; see ADR 19.
 *
 * A reader that has seen the replica contain everything committed at some moment trusts it for `lagMs` from that moment. A
 * writer waits until the replica contains the write, or for `lagMs`: a reader that still trusts the replica then has seen the
 * write in it. Instances share nothing but `lagMs`.
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

  /** Reads from the replica if it is complete, otherwise from the primary. */
  async read<T>(fromReplica: () => Promise<T>, fromPrimary: () => Promise<T>): Promise<T> {
    const now = this.#now();
    // Renews the trust early, so that steady readers need not wait.
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

  /** Resolves once every read sees what is committed now, at the latest after `lagMs`. */
  async settled(): Promise<void> {
    const since = this.#now();
    const tooLong = pause(this.#options.lagMs, false, { ref: false });
    if (await Promise.race([this.#catchUp(since), tooLong])) return;
    for (let left = this.#left(since); left > 0; left = this.#left(since)) await pause(left);
  }

  /** Distrusts the replica until the next check: after a crash it may temporarily have less data. */
  doubt(error: unknown): void {
    this.#doubts += 1;
    this.#trustedUntil = -Infinity;
    if (!this.#isFailing) this.#options.onError(error);
    this.#isFailing = true;
  }

  /** Whether it is a replica of this primary; throws if one of them is unavailable. */
  async follows(): Promise<boolean> {
    return (await this.#ask(await this.#position())).follows;
  }

  #left(since: number): number {
    return since + this.#options.lagMs - this.#now();
  }

  /** Whether it catches up with everything committed at `since`, within the time limit. */
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
