import { isTimeZone } from '#kernel/local-time.ts';
import { DAY } from '#kernel/clock.ts';
import type { StoredDocument } from '#kernel/documents.ts';
import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import { CHANNELS, isAlertKind, KINDS, type AlertKind, type Channel } from './kinds.ts';
import { FALLBACK, type Locale } from './locale.ts';
import { MAIL_KINDS, type MailKind } from './mail.ts';

/** A time of day, `HH:MM`, in the time zone of the recipient. */
export interface QuietHours {
  readonly from: string;
  /** The first minute that is not quiet; before `from` if the night is between them. */
  readonly to: string;
}

export interface Phone {
  /** E.164: `+491701234567`. */
  readonly number: string;
  /** The owner has typed in the code that was sent there. */
  readonly isConfirmed: boolean;
}

/** Codes to a day: each costs money, and rings at the owner of a number that anyone may have typed in. */
export const MOST_CODES = 3;

/** By kind and channel; what is absent is as the table of kinds says. */
export type Choices = { readonly [Kind in MailKind]?: { readonly [C in Channel]?: boolean } };

/** What a user has chosen. The document has the ID of the user. */
export interface Preferences extends StoredDocument {
  readonly locale: Locale;
  /** Of the IANA database: `Europe/Berlin`. */
  readonly timeZone: string;
  readonly quietHours?: QuietHours;
  readonly choices: Choices;
  /** Kinds whose mails wait for the daily digest. */
  readonly daily?: readonly AlertKind[];
  readonly phone?: Phone;
  /** When codes were sent to phone numbers; ISO 8601, the last ones. */
  readonly codesSent?: readonly string[];
  /** Registration tokens of the user's devices. */
  readonly pushTokens: readonly string[];
}

/** Those of a user who has chosen nothing. */
export const initialPreferences = (userId: string): Preferences => ({
  id: userId,
  version: 0,
  locale: FALLBACK,
  timeZone: 'UTC',
  choices: {},
  pushTokens: [],
});

/** What a user sends: all of the preferences. */
export interface PreferencesInput {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly quietHours?: QuietHours | undefined;
  readonly choices: readonly Choice[];
  readonly phoneNumber?: string | undefined;
  readonly pushTokens: readonly string[];
}

export const FREQUENCIES = ['immediate', 'daily'] as const;
/** `daily`: with others, in a digest. */
export type Frequency = (typeof FREQUENCIES)[number];

export interface Choice {
  readonly kind: string;
  readonly channel: Channel;
  readonly isOn: boolean;
  /** Only mails of some kinds can wait; at once if absent. */
  readonly frequency?: Frequency | undefined;
}

export const isOn = (
  { choices }: Pick<Preferences, 'choices'>,
  kind: MailKind,
  channel: Channel,
): boolean => {
  const { channels, holds } = KINDS[kind];
  const initially = channels[channel];
  if (initially !== undefined && holds) return holds.some((one) => isOn({ choices }, one, channel));
  if (initially === undefined || initially === 'must') return initially === 'must';
  return choices[kind]?.[channel] ?? initially === 'on';
};

/** Whether mails of the kind wait for the daily digest. */
export const isDaily = ({ daily = [] }: Pick<Preferences, 'daily'>, kind: MailKind): boolean =>
  daily.some((one) => one === kind);

/** Whether mails of the kind are wanted, but later. */
export const waitsForDigest = (preferences: Preferences, kind: MailKind): boolean =>
  isOn(preferences, kind, 'email') && isDaily(preferences, kind);

const canWait = (kind: string, channel: Channel): kind is AlertKind =>
  channel === 'email' && isAlertKind(kind);

const isMailKind = (kind: string): kind is MailKind => (MAIL_KINDS as readonly string[]).includes(kind);

export type PreferencesCode = 'UNKNOWN_TIME_ZONE' | 'UNKNOWN_KIND' | 'CANNOT_OPT_OUT' | 'CANNOT_WAIT';

/** Replaces preferences. A phone number stays confirmed as long as it is the same. */
export const changed = (
  { version, phone, codesSent, ...before }: Preferences,
  input: PreferencesInput,
): Result<Preferences, Refusal<PreferencesCode>> => {
  const { locale, timeZone, quietHours, phoneNumber, pushTokens } = input;
  if (!isTimeZone(timeZone)) return refuse('UNKNOWN_TIME_ZONE', 'Use a time zone such as Europe/Berlin.');
  let choices: Choices = {};
  const daily = new Set<AlertKind>();
  for (const { kind, channel, isOn: wanted, frequency } of input.choices) {
    const initially = isMailKind(kind) && !KINDS[kind].holds ? KINDS[kind].channels[channel] : undefined;
    if (!isMailKind(kind) || initially === undefined)
      return refuse('UNKNOWN_KIND', 'There are no such notifications on this channel.');
    if (initially === 'must' && !wanted)
      return refuse('CANNOT_OPT_OUT', 'Mails about accounts and contracts cannot be turned off.');
    choices = { ...choices, [kind]: { ...choices[kind], [channel]: wanted } };
    const isWaiting = frequency === 'daily';
    if (canWait(kind, channel)) daily[isWaiting ? 'add' : 'delete'](kind);
    else if (isWaiting) return refuse('CANNOT_WAIT', 'Only mails about watched products can wait.');
  }
  return ok({
    id: before.id,
    version: version + 1,
    locale,
    timeZone,
    ...(quietHours === undefined || quietHours.from === quietHours.to ? {} : { quietHours }),
    choices,
    ...(daily.size > 0 && { daily: [...daily] }),
    ...(phoneNumber === undefined
      ? {}
      : {
          phone: { number: phoneNumber, isConfirmed: phone?.number === phoneNumber && phone.isConfirmed },
        }),
    ...(codesSent === undefined ? {} : { codesSent }),
    pushTokens: [...new Set(pushTokens)],
  });
};

/** After a code to the phone number; undefined if there were too many, or if there is nothing to confirm. */
export const withCode = (before: Preferences, now: Date): Preferences | undefined => {
  const { phone, codesSent = [], version } = before;
  const recent = codesSent.filter((at) => Date.parse(at) > now.getTime() - DAY);
  if (!phone || phone.isConfirmed || recent.length >= MOST_CODES) return undefined;
  return { ...before, version: version + 1, codesSent: [...recent, now.toISOString()] };
};

/** Without these devices; unchanged if it has none of them. */
export const withoutDevices = (before: Preferences, tokens: readonly string[]): Preferences => {
  const pushTokens = before.pushTokens.filter((token) => !tokens.includes(token));
  return pushTokens.length === before.pushTokens.length
    ? before
    : { ...before, version: before.version + 1, pushTokens };
};

/**
 * After the use of the link in a mail: no more mails of this kind, or of the kinds that it holds. Unchanged if they must be
 * sent, or are off.
 */
export const unsubscribed = (before: Preferences, kind: MailKind): Preferences => {
  const ended = (KINDS[kind].holds ?? [kind]).filter(
    (one) => KINDS[one].channels.email !== 'must' && isOn(before, one, 'email'),
  );
  if (ended.length === 0) return before;
  const off = ended.map((one) => [one, { ...before.choices[one], email: false }] as const);
  const choices = { ...before.choices, ...Object.fromEntries(off) };
  return { ...before, version: before.version + 1, choices };
};

/** What can be chosen, and what is. */
export const choicesOf = (
  preferences: Preferences,
): readonly (Choice & { readonly kind: MailKind; readonly canChange: boolean })[] =>
  MAIL_KINDS.filter((kind) => !KINDS[kind].holds).flatMap((kind) =>
    CHANNELS.flatMap((channel) => {
      const initially = KINDS[kind].channels[channel];
      if (initially === undefined) return [];
      const choice = {
        kind,
        channel,
        isOn: isOn(preferences, kind, channel),
        canChange: initially !== 'must',
      };
      if (!canWait(kind, channel)) return [choice];
      return [
        { ...choice, frequency: isDaily(preferences, kind) ? ('daily' as const) : ('immediate' as const) },
      ];
    }),
  );
