import type { ReturnTerms } from '../core/application/command-returns.ts';
import { z } from 'zod';
import { msSetting, readConfig } from '#adapters/service/config.ts';
import { DAY, MINUTE } from '#kernel/clock.ts';
import { isTimeZone } from '#kernel/local-time.ts';
import type { Seller } from '../core/domain/invoice.ts';
import { PATIENCE, type Patience } from '../core/domain/tasks.ts';

/** Timeouts of orders; see the service's README. */
export const readPatience = (env: Readonly<Record<string, string | undefined>>): Patience => {
  const settings = readConfig(
    {
      ORDER_PENDING_TIMEOUT_MS: msSetting(PATIENCE.pending),
      ORDER_CONFIRMED_TIMEOUT_MS: msSetting(PATIENCE.confirmed),
      ORDER_CANCEL_TIMEOUT_MS: msSetting(PATIENCE.cancelling),
      ORDER_SHIPPED_TIMEOUT_MS: msSetting(PATIENCE.shipped),
      ORDER_REPLACEMENT_TIMEOUT_MS: msSetting(PATIENCE.replacement),
    },
    env,
  );
  return {
    pending: settings.ORDER_PENDING_TIMEOUT_MS,
    confirmed: settings.ORDER_CONFIRMED_TIMEOUT_MS,
    cancelling: settings.ORDER_CANCEL_TIMEOUT_MS,
    shipped: settings.ORDER_SHIPPED_TIMEOUT_MS,
    replacement: settings.ORDER_REPLACEMENT_TIMEOUT_MS,
  };
};

/** Who sells, for invoices. The address has a line per `|`. */
export const readSeller = (env: Readonly<Record<string, string | undefined>>): Seller => {
  const settings = readConfig(
    {
      ORDER_SELLER_NAME: z.string().min(1).max(200).default('Demo Shop'),
      ORDER_SELLER_ADDRESS: z.string().min(1).max(500).default('Karl-Marx-Allee 1|10178 Berlin|DE'),
      ORDER_SELLER_VAT_ID: z.string().max(30).optional(),
    },
    env,
  );
  return {
    name: settings.ORDER_SELLER_NAME,
    address: settings.ORDER_SELLER_ADDRESS.split('|').map((line) => line.trim()),
    ...(settings.ORDER_SELLER_VAT_ID === undefined ? {} : { vatId: settings.ORDER_SELLER_VAT_ID }),
  };
};

const quoteValidity = z.coerce
  .number()
  .int()
  .min(0)
  .max(DAY)
  .default(10 * MINUTE);

/** How long a quote holds its prices, milliseconds; 0 if it does not. */
export const readQuoteValidity = (env: Readonly<Record<string, string | undefined>>): number =>
  readConfig({ ORDER_QUOTE_VALID_MS: quoteValidity }, env).ORDER_QUOTE_VALID_MS;

/** Signs the tokens of orders; undefined for a key derived from the service's own. Another one revokes all tokens. */
export const readLinkSecret = (env: Readonly<Record<string, string | undefined>>): string | undefined =>
  readConfig({ ORDER_LINK_SECRET: z.string().min(32).optional() }, env).ORDER_LINK_SECRET;

/** How long customers may return goods after the delivery, and pay for dearer ones in exchange, and where they send them, as lines. */
export const readReturnTerms = (
  env: Readonly<Record<string, string | undefined>>,
): ReturnTerms & { readonly address: string | undefined } => {
  const settings = readConfig(
    {
      ORDER_RETURN_DAYS: z.coerce.number().int().min(0).max(3_650).default(30),
      ORDER_EXCHANGE_DAYS: z.coerce.number().int().min(1).max(365).default(14),
      // In a variable, the lines are separated by `;`.
      ORDER_RETURN_ADDRESS: z.string().max(500).optional(),
    },
    env,
  );
  const lines = settings.ORDER_RETURN_ADDRESS?.split(';').map((line) => line.trim());
  return {
    windowMs: settings.ORDER_RETURN_DAYS * DAY,
    offerMs: settings.ORDER_EXCHANGE_DAYS * DAY,
    address: lines?.filter(Boolean).join('\n'),
  };
};

const market = z.string().regex(/^([A-Z]{3}|[A-Z]{2})$/, 'must be a currency (EUR) or a country (DE)');

/** Currencies and countries where prices include tax: `EUR,GB`. */
export const readGrossMarkets = (env: Readonly<Record<string, string | undefined>>): ReadonlySet<string> => {
  const listed = z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    );
  const settings = readConfig({ ORDER_PRICES_INCLUDE_TAX: listed.pipe(z.array(market)) }, env);
  return new Set(settings.ORDER_PRICES_INCLUDE_TAX);
};

/** In which the shop's days begin. */
export const readTimeZone = (env: Readonly<Record<string, string | undefined>>): string =>
  readConfig(
    { ORDER_TIME_ZONE: z.string().default('Europe/Berlin').refine(isTimeZone, 'must be a time zone') },
    env,
  ).ORDER_TIME_ZONE;
