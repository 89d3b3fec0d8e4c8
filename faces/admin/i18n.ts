import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './locales/en.json';
import type account from './locales/account/en.json';
import type customers from './locales/customers/en.json';
import type imports from './locales/imports/en.json';
import type operations from './locales/operations/en.json';
import type products from './locales/products/en.json';
import type returns from './locales/returns/en.json';
import type reviews from './locales/reviews/en.json';
import type stock from './locales/stock/en.json';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT = 'admin-language';

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly resources: {
      readonly translation: typeof en &
        typeof account &
        typeof customers &
        typeof imports &
        typeof operations &
        typeof products &
        typeof returns &
        typeof reviews &
        typeof stock;
    };
  }
}

const isLanguage = (text: string | undefined | null): text is Language =>
  text !== undefined && text !== null && text in LANGUAGES;

/** The language that was chosen, or else the first of the browser's that is supported. */
const preferred = (): Language => {
  const kept = localStorage.getItem(KEPT);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
};

const load = async (language: Language): Promise<void> => {
  if (language === 'de' && !i18next.exists('brand', { lng: 'de', fallbackLng: [] }))
    i18next.addResourceBundle('de', 'translation', (await import('./locales/de.json')).default, true);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
};

export const startI18n = async (): Promise<void> => {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
  });
  await load(preferred());
};

export const chooseLanguage = async (language: Language): Promise<void> => {
  localStorage.setItem(KEPT, language);
  await load(language);
};

/** Adds texts that only some pages need, so that the first load does without them. */
export const addTexts = (texts: Readonly<Record<Language, object>>): void => {
  for (const [language, more] of Object.entries(texts))
    i18next.addResourceBundle(language, 'translation', more, true);
};

/** For `Intl`: the region of the browser where it is one of the language, else the language alone. */
export const localeOf = (language: string): string =>
  navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
