import type { Language } from '#contracts/pages/storefront.ts';
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };

export type Key = keyof typeof en;

/** Every language has the same keys as English. */
const TEXTS: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en, de };

/** A text of the pages, with its placeholders filled in. */
export interface Translate {
  (key: Key, values?: Readonly<Record<string, string | number>>): string;
  /** The text for a code of the shop: that of `notice_OTHER` for an unknown one. @param minutes after which to try again */
  notice(code: string, minutes?: number): string;
  /** The text for a fault in a field: what the shop says if there is none. */
  field(name: string | undefined, message: string, minutes?: number): string;
  /** What a kind of mail is about: its name if there is no text. */
  mail(kind: string): string;
  readonly language: Language;
}

const isKey = (key: string): key is Key => Object.hasOwn(en, key);

export const textsFor = (language: Language): Translate => {
  const texts = TEXTS[language];
  const translate = (key: Key, values: Readonly<Record<string, string | number>> = {}): string =>
    texts[key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  const notice = (code: string, minutes?: number): string => {
    const timed = `notice_${code}_IN`;
    if (minutes !== undefined && isKey(timed)) return translate(timed, { minutes });
    const key = `notice_${code}`;
    return texts[isKey(key) ? key : 'notice_OTHER'];
  };
  const field = (name: string | undefined, message: string, minutes?: number): string => {
    const key = `field_${name ?? ''}`;
    if (isKey(key) && !isKey(`notice_${message}`)) return texts[key];
    return /^[A-Z_]+$/.test(message) ? notice(message, minutes) : message;
  };
  const mail = (kind: string): string => {
    const key = `mail_${kind}`;
    return isKey(key) ? texts[key] : kind;
  };
  return Object.assign(translate, { notice, field, mail, language });
};
