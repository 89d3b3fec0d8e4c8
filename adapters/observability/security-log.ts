import { currentCause } from '../context/cause.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** The events of the security log; `docs/guides/security-log.md` explains each. */
export const SECURITY_EVENTS = [
  'login_succeeded',
  'login_failed',
  'login_throttled',
  'second_factor_failed',
  'second_factors_changed',
  'password_changed',
  'password_reset',
  'email_confirmed',
  'email_change_requested',
  'session_ended',
  'refresh_token_refused',
  'refresh_token_reused',
  'authentication_refused',
  'access_refused',
  'revoked_token_used',
  'malware_found',
  'personal_data_exported',
  'erasure_requested',
  'staff_act',
  'audit_read',
  'audit_head',
] as const;

export type SecurityEvent = (typeof SECURITY_EVENTS)[number];

export interface SecurityNote {
  /** `user:<id>` or `service:<name>:<user>`; absent if the caller is unknown. */
  readonly actor?: string | undefined;
  /** The client's IP address, as the gateway saw it; absent if there is no client. */
  readonly address?: string | undefined;
  /** Operation of the OpenAPI file. */
  readonly operation?: string | undefined;
  /** The request's correlation ID, if it differs from the current one. */
  readonly correlationId?: string | undefined;
  /** Further short values; never a secret, an e-mail address or a name. */
  readonly details?: Readonly<Record<string, string | number>>;
}

/** Security events: one line in the log and one count each. */
export interface SecurityLog {
  note(event: SecurityEvent, note: SecurityNote): void;
}

/** Written at every log level; `log` is `security`, so that the lines can be filtered. */
export const makeSecurityLog = (logger: Logger, metrics: Metrics): SecurityLog => {
  const lines = logger.child({ log: 'security' }, { level: logger.level === 'silent' ? 'silent' : 'info' });
  const counter = metrics.counter('security_events_total', 'Lines of the security log', ['event']);
  for (const event of SECURITY_EVENTS) counter.inc({ event }, 0); // alerts need a value to increase from
  return {
    note: (event, { actor, address, operation, correlationId, details = {} }) => {
      counter.inc({ event });
      lines.info({
        event,
        ...(actor === undefined ? {} : { actor }),
        ...(address === undefined ? {} : { address }),
        ...(operation === undefined ? {} : { operation }),
        correlation_id: correlationId ?? currentCause()?.correlationId,
        ...details,
      });
    },
  };
};
