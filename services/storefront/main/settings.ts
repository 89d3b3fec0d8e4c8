import { z } from 'zod';
import { msSetting, readConfig } from '#adapters/service/config.ts';

/** Where the mock carriers deliver to. */
const COUNTRIES =
  'AT,AU,BE,BG,BR,CA,CH,CY,CZ,DE,DK,EE,ES,FI,FR,GB,GR,HK,HR,HU,IE,IN,IS,IT,JP,KR,LI,LT,LU,LV,MT,MX,NL,NO,NZ,PL,PT,RO,SE,SG,SI,SK,TW,US,ZA';

export const readSettings = (env: Readonly<Record<string, string | undefined>>) =>
  readConfig(
    {
      /** The shop's public address, for search engines. */
      STOREFRONT_PUBLIC_URL: z.url().optional(),
      /** The payment gateway, as browsers reach it. */
      STOREFRONT_PAYMENT_URL: z.url().optional(),
      /** Origin of the files of the media service, if it is not the gateway's. */
      MEDIA_PUBLIC_URL: z
        .url()
        .transform((url) => new URL(url).origin)
        .optional(),
      /** Countries to choose from in addresses. */
      STOREFRONT_COUNTRIES: z
        .string()
        .default(COUNTRIES)
        .transform((text) => text.split(','))
        .pipe(z.array(z.string().regex(/^[A-Z]{2}$/)).min(1)),
      /** Timeout of each call to the shop's API. */
      STOREFRONT_API_TIMEOUT_MS: msSetting(10_000),
    },
    env,
  );
