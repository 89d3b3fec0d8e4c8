import { asPlainLine, isPlainName } from '#kernel/person-name.ts';
import { formatMoney, times } from '#kernel/money.ts';
import type { Address, OrderLine } from './news.ts';

const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** "1 March 2026", UTC. */
export const day = (timestamp: string): string => DAY_FORMAT.format(new Date(timestamp));

const MOMENT_FORMAT = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** "1 March 2026 at 12:30 UTC". */
export const moment = (timestamp: string): string => `${MOMENT_FORMAT.format(new Date(timestamp))} UTC`;

/**
 * The salutation after "Dear": the name, unless it reads like a message, because anyone can register another person's e-mail
 * address and choose the name.
 */
export const addressee = (name: string): string => (isPlainName(name) ? name : 'customer');

/** What a `User-Agent` names first of these; the order matters, because browsers also name others. */
const BROWSERS = ['Edg', 'OPR', 'SamsungBrowser', 'Firefox', 'Chrome', 'Safari'] as const;
const BROWSER_NAMES: Readonly<Record<string, string>> = {
  Edg: 'Edge',
  OPR: 'Opera',
  SamsungBrowser: 'Samsung Internet',
};
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac', 'Linux'] as const;

/** "Firefox on Windows". Nothing else of what the client says is repeated, because it could be a message. */
export const deviceName = (userAgent: string): string => {
  const browser = BROWSERS.find((name) => userAgent.includes(`${name}/`));
  const system = SYSTEMS.find((name) => userAgent.includes(name));
  if (browser === undefined) return 'an unknown program';
  return `${BROWSER_NAMES[browser] ?? browser}${system === undefined ? '' : ` on ${system}`}`;
};

/** Lines as listed in a mail; tax is shown below as one amount. */
export const lines = (items: readonly OrderLine[]) =>
  items.map(({ name, quantity, price }) => ({
    name,
    quantity,
    amount: formatMoney(times(price, quantity)),
  }));

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

const FACTOR_CHANGES: Readonly<Record<string, string>> = {
  authenticator_added: 'An authenticator app was added to your account.',
  authenticator_removed: 'The authenticator app was removed from your account.',
  passkey_added: 'A passkey was added to your account.',
  passkey_removed: 'A passkey was removed from your account.',
  recovery_codes_replaced: 'Your account has new recovery codes; the old ones no longer work.',
  recovery_code_used: 'A recovery code was used to log in to your account.',
  removed_by_staff: 'We have removed the second step from your login, as requested.',
};

/** What happened to the second factors of an account, for its owner. */
export const whatFactorsChanged = (change: string): string =>
  FACTOR_CHANGES[change] ?? 'The second step of your login was changed.';

const CANCELLATIONS: Readonly<Record<string, string>> = {
  customer: 'You asked us to cancel it.',
  staff: 'We had to cancel it.',
  out_of_stock: 'Some of the items are no longer in stock.',
  payment_failed: 'The payment did not go through.',
  timeout: 'We could not complete it in time.',
};

/** Why an order was cancelled, for its customer. */
export const whyCancelled = (reason: string): string => CANCELLATIONS[reason] ?? 'We could not process it.';

const REFUSALS: Readonly<Record<string, string>> = {
  card_declined: 'Your bank declined the card.',
  insufficient_funds: 'There were not enough funds on the card.',
  expired_card: 'The card has expired.',
};

/** Why a payment was refused, for its customer. */
export const whyRefused = (reason: string): string =>
  REFUSALS[reason] ?? 'Your bank or card company did not accept it.';

const REFUNDS: Readonly<Record<string, string>> = {
  lost: 'The parcel was lost.',
  returned: 'The parcel came back to us.',
  overdue: 'The parcel did not arrive.',
  refund_failed: 'An earlier refund did not go through.',
  cancelled: 'The order was cancelled.',
};

/** Why money was refunded: a sentence for a code, otherwise the text entered by staff. */
export const whyRefunded = (reason: string): string => REFUNDS[reason] ?? `Reason: ${reason}`;
