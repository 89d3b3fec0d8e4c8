import { DAY } from '#kernel/clock.ts';
import type { StoredDocument } from '#kernel/documents.ts';
import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import { CHANNELS, KINDS, type Channel } from './kinds.ts';
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

export interface Choice {
  readonly kind: string;
  readonly channel: Channel;
  readonly isOn: boolean;
}

export const isOn = (
  { choices }: Pick<Preferences, 'choices'>,
  kind: MailKind,
  channel: Channel,
): boolean => {
  const initially = KINDS[kind].channels[channel];
  if (initially === undefined || initially === 'must') return initially === 'must';
  return choices[kind]?.[channel] ?? initially === 'on';
};

const isMailKind = (kind: string): kind is MailKind => (MAIL_KINDS as readonly string[]).includes(kind);

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

export type PreferencesCode = 'UNKNOWN_TIME_ZONE' | 'UNKNOWN_KIND' | 'CANNOT_OPT_OUT';

/** Replaces preferences. A phone number stays confirmed as long as it is the same. */
export const changed = (
  { version, phone, codesSent, ...before }: Preferences,
  input: PreferencesInput,
): Result<Preferences, Refusal<PreferencesCode>> => {
  const { locale, timeZone, quietHours, phoneNumber, pushTokens } = input;
  if (!isTimeZone(timeZone)) return refuse('UNKNOWN_TIME_ZONE', 'Use a time zone such as Europe/Berlin.');
  let choices: Choices = {};
  for (const { kind, channel, isOn: wanted } of input.choices) {
    const initially = isMailKind(kind) ? KINDS[kind].channels[channel] : undefined;
    if (!isMailKind(kind) || initially === undefined)
      return refuse('UNKNOWN_KIND', 'There are no such notifications on this channel.');
    if (initially === 'must' && !wanted)
      return refuse('CANNOT_OPT_OUT', 'Mails about accounts and contracts cannot be turned off.');
    choices = { ...choices, [kind]: { ...choices[kind], [channel]: wanted } };
  }
  return ok({
    id: before.id,
    version: version + 1,
    locale,
    timeZone,
    ...(quietHours === undefined || quietHours.from === quietHours.to ? {} : { quietHours }),
    choices,
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

/** After the use of the link in a mail: no more mails of this kind. Unchanged if they must be sent, or are off. */
export const unsubscribed = (before: Preferences, kind: MailKind): Preferences =>
  KINDS[kind].channels.email === 'must' || !isOn(before, kind, 'email')
    ? before
    : {
        ...before,
        version: before.version + 1,
        choices: { ...before.choices, [kind]: { ...before.choices[kind], email: false } },
      };

/** What can be chosen, and what is. */
export const choicesOf = (
  preferences: Preferences,
): readonly (Choice & { readonly kind: MailKind; readonly canChange: boolean })[] =>
  MAIL_KINDS.flatMap((kind) =>
    CHANNELS.flatMap((channel) => {
      const initially = KINDS[kind].channels[channel];
      return initially === undefined
        ? []
        : [{ kind, channel, isOn: isOn(preferences, kind, channel), canChange: initially !== 'must' }];
    }),
  );
