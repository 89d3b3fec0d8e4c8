import { currentCause } from '../context/cause.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** All that the security log tells of; `docs/guides/security-log.md` says of each what it means and when to worry. */
export const SECURITY_EVENTS = [
  'login_succeeded',
  'login_failed',
  'login_throttled',
  'password_changed',
  'password_reset',
  'session_ended',
  'refresh_token_refused',
  'refresh_token_reused',
  'authentication_refused',
  'access_refused',
  'revoked_token_used',
  'staff_act',
] as const;

export type SecurityEvent = (typeof SECURITY_EVENTS)[number];

export interface SecurityNote {
  /** `user:<id>` or `service:<name>:<user>`; absent where nobody is known. */
  readonly actor?: string | undefined;
  /** The client's IP address, as the gateway saw it. */
  readonly address: string;
  /** Operation of the OpenAPI file. */
  readonly operation?: string | undefined;
  /** The request's, where it is not that of the work in hand. */
  readonly correlationId?: string | undefined;
  /** More, in few words; never a secret, an e-mail address or a name. */
  readonly details?: Readonly<Record<string, string | number>>;
}

/** Who did or tried what that matters to security: one line of the log each, and a count. */
export interface SecurityLog {
  note(event: SecurityEvent, note: SecurityNote): void;
}

/** Written whatever the log level is: `log` is `security` in these lines, so that they can be kept apart. */
export const makeSecurityLog = (logger: Logger, metrics: Metrics): SecurityLog => {
  const lines = logger.child({ log: 'security' }, { level: logger.level === 'silent' ? 'silent' : 'info' });
  const counter = metrics.counter('security_events_total', 'Lines of the security log', ['event']);
  for (const event of SECURITY_EVENTS) counter.inc({ event }, 0); // alerts ask for their increase
  return {
    note: (event, { actor, address, operation, correlationId, details = {} }) => {
      counter.inc({ event });
      lines.info({
        event,
        ...(actor === undefined ? {} : { actor }),
        address,
        ...(operation === undefined ? {} : { operation }),
        correlation_id: correlationId ?? currentCause()?.correlationId,
        ...details,
      });
    },
  };
};
