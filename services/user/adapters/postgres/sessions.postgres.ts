import type { Row } from '#adapters/postgres/columns.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Session } from '../../core/domain/session.ts';
import type { SessionQueries } from '../../core/ports/user-queries.ts';
import type { SessionRepository } from '../../core/ports/user-tx.ts';

const sessions = declareTable<Session>({
  name: 'users.sessions',
  key: ['sessionId'],
  columns: {
    sessionId: 'uuid',
    userId: 'uuid',
    credentials: 'integer',
    current: ['text', 'current_token'],
    device: 'text',
    startedAt: 'timestamptz',
    provenAt: 'timestamptz',
    methods: 'jsonb',
    rotatedAt: 'timestamptz',
    expiresAt: 'timestamptz',
    ended: 'boolean',
  },
});

interface RefreshToken extends Pick<Session, 'sessionId' | 'expiresAt'> {
  readonly digest: string;
}

const refreshTokens = declareTable<RefreshToken>({
  name: 'users.refresh_tokens',
  key: ['digest'],
  columns: { digest: 'text', sessionId: 'uuid', expiresAt: 'timestamptz' },
});

const LOCK = `
  select ${sessions.columns('s')} from users.sessions s
  where s.session_id = (select session_id from users.refresh_tokens where digest = $1) for update`;

const LOCK_OF_USER = `
  select ${sessions.columns('s')} from users.sessions s where session_id = $1 and user_id = $2 for update`;

export const postgresSessionQueries = (sql: Sql): SessionQueries => ({
  unended: async (userId, limit) => {
    const rows = await sql.query<Row>(
      `select ${sessions.columns('s')} from users.sessions s
       where user_id = $1 and not ended order by rotated_at desc limit $2`,
      [userId, limit],
    );
    return rows.map(sessions.of);
  },
});

export const postgresSessionRepository = (tx: SqlTransaction): SessionRepository => ({
  lockByToken: async (digest) => {
    const [row] = await tx.execute<Row>(LOCK, [digest]);
    return row && sessions.of(row);
  },
  lock: async (userId, sessionId) => {
    const [row] = await tx.execute<Row>(LOCK_OF_USER, [sessionId, userId]);
    return row && sessions.of(row);
  },
  devicesOf: async (userId) => {
    const rows = await tx.execute<{ readonly device: string }>(
      'select distinct device from users.sessions where user_id = $1',
      [userId],
    );
    return rows.map(({ device }) => device);
  },
  endOthers: (userId, keptSessionId) =>
    tx.write({
      table: 'sessions',
      text: `update users.sessions set ended = true
             where user_id = $1 and not ended and session_id is distinct from $2::uuid`,
      params: [userId, keptSessionId ?? null],
    }),
  save: async (session) => {
    const { current: digest, sessionId, expiresAt } = session;
    for (const write of [
      ...sessions.upsert([session]),
      ...refreshTokens.insertMissing([{ digest, sessionId, expiresAt }]),
    ])
      await tx.write(write);
  },
  forgetExpired: async (now) => {
    await tx.execute('delete from users.sessions where expires_at <= $1', [now]);
    await tx.execute('delete from users.refresh_tokens where expires_at <= $1', [now]);
  },
});
