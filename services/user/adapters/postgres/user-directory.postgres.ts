import type { Sql } from '#adapters/postgres/sql.ts';
import type { Profile } from '../../core/domain/user.ts';
import type { UserDirectory } from '../../core/ports/user-queries.ts';
import { afterOf, usersPage } from '../user-pages.ts';

interface Row {
  readonly user_id: string;
  readonly version: number;
  readonly email: string;
  readonly email_verified_at: Date | null;
  readonly first_name: string;
  readonly last_name: string;
  readonly roles: readonly string[];
  readonly deactivated_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const COLUMNS = `user_id, version, email, email_verified_at, first_name, last_name, roles, deactivated_at,
  created_at, updated_at`;

const toProfile = (row: Row): Profile => ({
  userId: row.user_id,
  version: row.version,
  email: row.email,
  emailVerifiedAt: row.email_verified_at ?? undefined,
  firstName: row.first_name,
  lastName: row.last_name,
  roles: row.roles,
  deactivatedAt: row.deactivated_at ?? undefined,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const beginningWith = (word: string): string => `${word.replace(/[\\%_]/g, String.raw`\$&`)}%`;

export const postgresUserDirectory = (sql: Sql): UserDirectory => ({
  page: async (request) => {
    const after = afterOf(request);
    if (!after.ok) return after;
    const { words, role, isActive, limit } = request;
    const params: unknown[] = [limit + 1];
    const param = (value: unknown): string => `$${params.push(value)}`;
    const conditions = words.map((word) => {
      const pattern = param(beginningWith(word));
      return `(${['email', 'lower(first_name)', 'lower(last_name)'].map((text) => `${text} like ${pattern}`).join(' or ')})`;
    });
    if (role !== undefined) conditions.push(`roles @> array[${param(role)}]::text[]`);
    if (isActive !== undefined) conditions.push(`deactivated_at is ${isActive ? '' : 'not '}null`);
    if (after.value)
      conditions.push(
        `(created_at, user_id) < (${param(after.value.value)}::timestamptz, ${param(after.value.id)}::uuid)`,
      );
    const rows = await sql.query<Row>(
      `select ${COLUMNS} from users.users where ${['true', ...conditions].join(' and ')}
       order by created_at desc, user_id desc limit $1`,
      params,
    );
    return usersPage(rows.map(toProfile), limit);
  },
});
