import { isUser } from '#adapters/auth/principal.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/notification.ts';
import type { makeConfirmPhone, makeSendCode } from '../../core/application/confirm-phone.ts';
import type { makeChangePreferences, makeUnsubscribe } from '../../core/application/preferences.ts';
import { categoryOf } from '../../core/domain/kinds.ts';
import { choicesOf, initialPreferences, type Preferences } from '../../core/domain/preferences.ts';
import type { NotificationQueries } from '../../core/ports/notification-queries.ts';
import type { UnsubscribeTokens } from '../security/unsubscribe-tokens.ts';
import type { NotificationCode } from './errors.ts';
import { guarded, PAGE_POLICY } from './guarded.ts';
import { unsubscribedPage, unsubscribePage } from './unsubscribe-page.ts';

type Schemas = components['schemas'];

export interface PreferenceUseCases {
  readonly queries: Pick<NotificationQueries, 'preferences'>;
  readonly changePreferences: ReturnType<typeof makeChangePreferences>;
  readonly sendCode: ReturnType<typeof makeSendCode>;
  readonly confirmPhone: ReturnType<typeof makeConfirmPhone>;
  readonly unsubscribe: ReturnType<typeof makeUnsubscribe>;
  readonly tokens: Pick<UnsubscribeTokens, 'verify'>;
}

type Operation =
  | 'sendPhoneCode'
  | 'confirmPhone'
  | 'getNotificationPreferences'
  | 'putNotificationPreferences'
  | 'showUnsubscribe'
  | 'unsubscribe';

export const NOT_YOURS = refuse('FORBIDDEN', 'These belong to another user.');
const UNKNOWN_TOKEN = refuse('UNKNOWN_TOKEN', 'Use the link in the mail as it is.');
const ONE_CLICK = 'One-Click';

export const makePreferenceHandlers = ({
  queries,
  changePreferences,
  sendCode,
  confirmPhone,
  unsubscribe,
  tokens,
}: PreferenceUseCases): Pick<Handlers<operations, NotificationCode>, Operation> => ({
  getNotificationPreferences: async ({ principal, path }) => {
    if (!isUser(principal, path.user_id)) return NOT_YOURS;
    return answer((await queries.preferences(path.user_id)) ?? initialPreferences(path.user_id));
  },
  putNotificationPreferences: async ({ principal, path, body, ifMatch }) => {
    if (!isUser(principal, path.user_id)) return NOT_YOURS;
    const input = {
      locale: body.locale,
      timeZone: body.time_zone,
      quietHours: body.quiet_hours,
      choices: body.choices.map(({ is_on: isOn, ...choice }) => ({ ...choice, isOn })),
      phoneNumber: body.phone_number,
      pushTokens: body.push_tokens ?? [],
    };
    const changed = await changePreferences(path.user_id, input, ifMatch);
    return changed.ok ? answer(changed.value) : changed;
  },
  sendPhoneCode: async ({ principal, path }) => {
    if (!isUser(principal, path.user_id)) return NOT_YOURS;
    const sent = await sendCode(path.user_id);
    return sent.ok ? { status: 204 } : sent;
  },
  confirmPhone: async ({ principal, path, body }) => {
    if (!isUser(principal, path.user_id)) return NOT_YOURS;
    const confirmed = await confirmPhone(path.user_id, body.code);
    return confirmed.ok ? answer(confirmed.value) : confirmed;
  },
  showUnsubscribe: async ({ query: { token } }) => {
    const subscribed = tokens.verify(token);
    if (!subscribed) return UNKNOWN_TOKEN;
    const { userId, kind } = subscribed;
    const body = unsubscribePage(kind, (await queries.preferences(userId))?.locale);
    return { status: 200, headers: guarded(PAGE_POLICY), type: 'text/html', body };
  },
  unsubscribe: async ({ query: { token }, body }) => {
    if (new URLSearchParams(body).get('List-Unsubscribe') !== ONE_CLICK)
      return refuse('NOT_ONE_CLICK', `Send List-Unsubscribe=${ONE_CLICK}.`);
    const subscribed = tokens.verify(token);
    if (!subscribed) return UNKNOWN_TOKEN;
    const { userId, kind } = subscribed;
    await unsubscribe(userId, kind);
    const page = unsubscribedPage(kind, (await queries.preferences(userId))?.locale);
    return { status: 200, headers: guarded(PAGE_POLICY), type: 'text/html', body: page };
  },
});

const answer = (preferences: Preferences) => ({
  status: 200 as const,
  headers: { ETag: etag(preferences.version) },
  body: fromPreferences(preferences),
});

const fromPreferences = (preferences: Preferences): Schemas['Preferences'] => {
  const { id, version, locale, timeZone, quietHours, phone, pushTokens } = preferences;
  return {
    user_id: id,
    version,
    locale,
    time_zone: timeZone,
    ...(quietHours && { quiet_hours: quietHours }),
    ...(phone && { phone_number: phone.number, is_phone_confirmed: phone.isConfirmed }),
    push_tokens: [...pushTokens],
    choices: choicesOf(preferences).map(({ kind, channel, isOn, canChange, frequency }) => ({
      kind,
      category: categoryOf(kind),
      channel,
      is_on: isOn,
      can_change: canChange,
      ...(frequency === undefined ? {} : { frequency }),
    })),
  };
};
