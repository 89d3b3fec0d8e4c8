/** Distance of a country from the warehouse, which is in Germany. */
export type Zone = 'home' | 'neighbours' | 'europe' | 'overseas';

const ZONES: Readonly<Record<Zone, string>> = {
  home: 'DE',
  neighbours: 'AT BE CH CZ DK FR LU NL PL',
  europe: 'BG CY EE ES FI GB GR HR HU IE IS IT LI LT LV MT NO PT RO SE SI SK',
  overseas: 'AU BR CA HK IN JP KR MX NZ SG TW US ZA',
};

const BY_COUNTRY = new Map(
  (Object.keys(ZONES) as Zone[]).flatMap((zone) => ZONES[zone].split(' ').map((country) => [country, zone])),
);

/** @param country ISO 3166-1 alpha-2; undefined for a country that no carrier serves */
export const zoneOf = (country: string): Zone | undefined => BY_COUNTRY.get(country);
