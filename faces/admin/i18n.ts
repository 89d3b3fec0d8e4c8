import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import base from './locales/en/base.json';
import type account from './locales/en/account.json';
import type collections from './locales/en/collections.json';
import type customers from './locales/en/customers.json';
import type imports from './locales/en/imports.json';
import type operations from './locales/en/operations.json';
import type orders from './locales/en/orders.json';
import type products from './locales/en/products.json';
import type questions from './locales/en/questions.json';
import type returns from './locales/en/returns.json';
import type reviews from './locales/en/reviews.json';
import type stock from './locales/en/stock.json';

/** Of one language each. English is in parts, which come with the pages that need them. */
const OTHERS = import.meta.glob<object>('./locales/*.json', { import: 'default' });
const fileOf = (language: string): string => `./locales/${language}.json`;

/** Their codes, English first. */
export const LANGUAGES: readonly string[] = [
  'en',
  ...Object.keys(OTHERS).map((file) => file.slice('./locales/'.length, -'.json'.length)),
];

/** The name of a language in that language. */
export const languageName = (language: string): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;

const KEPT = 'admin-language';

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly resources: {
      readonly translation: typeof base &
        typeof account &
        typeof collections &
        typeof customers &
        typeof imports &
        typeof operations &
        typeof orders &
        typeof products &
        typeof questions &
        typeof returns &
        typeof reviews &
        typeof stock;
    };
  }
}

/** The language that was chosen, or else the first of the browser's that is supported. */
const preferred = (): string =>
  [localStorage.getItem(KEPT) ?? '', ...navigator.languages.map((tag) => tag.slice(0, 2))].find((language) =>
    LANGUAGES.includes(language),
  ) ?? 'en';

const load = async (language: string): Promise<void> => {
  const texts = OTHERS[fileOf(language)];
  if (texts && !i18next.exists('brand', { lng: language, fallbackLng: [] }))
    i18next.addResourceBundle(language, 'translation', await texts(), true);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
};

export const startI18n = async (): Promise<void> => {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: base } },
    interpolation: { escapeValue: false }, // React escapes
  });
  await load(preferred());
};

export const chooseLanguage = async (language: string): Promise<void> => {
  localStorage.setItem(KEPT, language);
  await load(language);
};

/** Adds English texts that only some pages need, so that the first load does without them. */
export const addTexts = (texts: object): void => {
  i18next.addResourceBundle('en', 'translation', texts, true);
};

/** For `Intl`: the region of the browser where it is one of the language, else the language alone. */
export const localeOf = (language: string): string =>
  navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
