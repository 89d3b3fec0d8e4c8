import { categoryOf, type Channel } from './kinds.ts';
import type { StoredKind } from './mail.ts';
import { MAIL_KINDS } from './mail.ts';
import { isOn, type Preferences } from './preferences.ts';
import type { Suppression } from './suppression.ts';

/** What is known about a recipient when a message is about to be sent. */
export interface Standing {
  readonly preferences: Preferences | undefined;
  readonly suppression: Suppression | undefined;
}

/** Why a message is not sent after all, because something has changed since it was scheduled; undefined if it is sent. */
export const reasonToHold = (
  kind: StoredKind,
  channel: Channel,
  { preferences, suppression }: Standing,
): string | undefined => {
  if (categoryOf(kind) === 'security') return undefined;
  if (channel === 'email' && suppression) return suppression.reason;
  const current = MAIL_KINDS.find((one) => one === kind);
  return current && preferences && !isOn(preferences, current, channel) ? 'opted out' : undefined;
};
