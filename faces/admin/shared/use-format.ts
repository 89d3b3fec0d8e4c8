import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../i18n.ts';
import { ago, countryName, date, day, moment, money, month } from './format.ts';

/** `format.ts` for the language of the page. */
export const useFormat = () => {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const locale = localeOf(language);
    return {
      locale,
      money: (amount: number, currency: string) => money(amount, currency, locale),
      moment: (iso: string) => moment(iso, locale),
      /** Of a moment, in the zone of the viewer. */
      date: (iso: string) => date(iso, locale),
      /** Of a date without a time. */
      day: (iso: string) => day(iso, locale),
      /** Of a date without a time: its month and year. */
      month: (iso: string) => month(iso, locale),
      ago: (iso: string) => ago(iso, new Date(), locale),
      country: (code: string) => countryName(code, locale),
      number: (value: number) => new Intl.NumberFormat(locale).format(value),
      /** Of a share: 0.25 is 25 %. */
      percent: (share: number) =>
        new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share),
    };
  }, [language]);
};
