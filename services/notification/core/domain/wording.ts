import { asPlainLine, isPlainName } from '#kernel/person-name.ts';
import { times } from '#kernel/money.ts';
import type { Locale } from './locale.ts';
import type { Address, OrderLine } from './news.ts';
import { DE } from './words/de.ts';
import { EN } from './words/en.ts';
import type { Words } from './words/words.ts';

export type { Words };

export const WORDS: Readonly<Record<Locale, Words>> = { en: EN, de: DE };

/**
 * The salutation after "Dear": the name, unless it reads like a message, because anyone can register another person's e-mail
 * address and choose the name.
 */
export const addressee = (name: string, { customer }: Words): string => (isPlainName(name) ? name : customer);

/** What a `User-Agent` names first of these; the order matters, because browsers also name others. */
const BROWSERS = ['Edg', 'OPR', 'SamsungBrowser', 'Firefox', 'Chrome', 'Safari'] as const;
const BROWSER_NAMES: Readonly<Record<string, string>> = {
  Edg: 'Edge',
  OPR: 'Opera',
  SamsungBrowser: 'Samsung Internet',
};
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac', 'Linux'] as const;

/** "Firefox on Windows". Nothing else of what the client says is repeated, because it could be a message. */
export const deviceName = (userAgent: string, { unknownProgram, programOn }: Words = EN): string => {
  const browser = BROWSERS.find((name) => userAgent.includes(`${name}/`));
  const system = SYSTEMS.find((name) => userAgent.includes(name));
  if (browser === undefined) return unknownProgram;
  const name = BROWSER_NAMES[browser] ?? browser;
  return system === undefined ? name : programOn(name, system);
};

/** Lines as listed in a mail; tax is shown below as one amount. */
export const lines = (items: readonly OrderLine[], { money }: Words) =>
  items.map(({ name, quantity, price }) => ({ name, quantity, amount: money(times(price, quantity)) }));

export const addressLines = (address: Address): string[] =>
  [
    address.recipient,
    address.line1,
    address.line2,
    `${address.postalCode} ${address.city}`.trim(),
    address.region,
    address.country,
  ]
    .filter((line) => line !== undefined)
    .map(asPlainLine);

/** Why an order was cancelled, for its customer. */
export const whyCancelled = (reason: string, { cancellations, otherCancellation }: Words): string =>
  cancellations[reason] ?? otherCancellation;

/** Why a payment was refused, for its customer. */
export const whyRefused = (reason: string, { refusals, otherRefusal }: Words): string =>
  refusals[reason] ?? otherRefusal;

/** Why money was refunded: a sentence for a code, otherwise the text entered by staff. */
export const whyRefunded = (reason: string, { refunds, reason: because }: Words): string =>
  refunds[reason] ?? because(reason);
