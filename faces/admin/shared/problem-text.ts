import type { TFunction } from 'i18next';
import { ShopError, ShopUnreachable } from '../api.ts';
import type en from '../locales/en/base.json';

type Known = keyof typeof en.problem;

/** Codes for which there is a better text than the server's English one. */
const isKnown = (code: string, t: TFunction): code is Known =>
  t(`problem.${code}` as 'problem.offline', { defaultValue: '' }) !== '';

/** Why the shop refused something; `detail` is for codes without a text of their own. */
export const refusalText = (code: string, detail: string, t: TFunction): string =>
  isKnown(code, t) ? t(`problem.${code}`) : detail;

/** What went wrong, as a sentence that says what to do. */
export const problemText = (error: unknown, t: TFunction): string => {
  if (error instanceof ShopUnreachable) return t('problem.offline');
  if (!(error instanceof ShopError)) return t('problem.unexpected');
  if (error.status === 429 && !isKnown(error.code, t)) return t('problem.RATE_LIMITED');
  return refusalText(error.code, error.status >= 500 ? t('problem.server') : error.problem.detail, t);
};
