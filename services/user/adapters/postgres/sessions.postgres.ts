import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { SessionRepository } from '../../core/ports/user-tx.ts';

interface SessionRow {
  readonly session_id: string;
  readonly user_id: string;
  readonly credentials: number;
  readonly current_token: string;
  readonly started_at: Date;
  readonly rotated_at: Date;
  readonly expires_at: Date;
  readonly ended: boolean;
}

export const postgresSessionRepository = (tx: SqlTransaction): SessionRepository => ({
  lockByToken: async (digest) => {
    const [row] = await tx.execute<SessionRow>(
      `select session_id, user_id, credentials, current_token, started_at, rotated_at, expires_at, ended
       from users.sessions
       where session_id = (select session_id from users.refresh_tokens where digest = $1) for update`,
      [digest],
    );
    if (!row) return undefined;
    return {
      sessionId: row.session_id,
      userId: row.user_id,
      credentials: row.credentials,
      current: row.current_token,
      startedAt: row.started_at,
      rotatedAt: row.rotated_at,
      expiresAt: row.expires_at,
      ended: row.ended,
    };
  },
  save: async (session) => {
    const { sessionId, userId, credentials, current, startedAt, rotatedAt, expiresAt, ended } = session;
    await tx.execute(
      `insert into users.sessions (session_id, user_id, credentials, current_token, started_at, rotated_at, expires_at, ended)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (session_id) do update
       set credentials = excluded.credentials, current_token = excluded.current_token, rotated_at = excluded.rotated_at,
           expires_at = excluded.expires_at, ended = excluded.ended`,
      [sessionId, userId, credentials, current, startedAt, rotatedAt, expiresAt, ended],
    );
    await tx.execute(
      `insert into users.refresh_tokens (digest, session_id, expires_at) values ($1, $2, $3)
       on conflict (digest) do nothing`,
      [current, sessionId, expiresAt],
    );
  },
  forgetExpired: async (now) => {
    await tx.execute('delete from users.sessions where expires_at <= $1', [now]);
    await tx.execute('delete from users.refresh_tokens where expires_at <= $1', [now]);
  },
});
