import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { postgresAuditQueries } from '../adapters/postgres/audit.postgres.ts';
import { sha256 } from '../adapters/security/sha256.ts';
import { makeVerifyAudit } from '../core/application/audit-trail.ts';

/** Checks the audit trail in a database of the user service. */
export const verifyAuditIn = (database: SqlDatabase): ReturnType<typeof makeVerifyAudit> =>
  makeVerifyAudit(postgresAuditQueries(database), sha256);
