/** ISO 3166-1 alpha-2, as of 2024. */
const COUNTRIES: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
    'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
    'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
    'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
    'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
    'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
);

export const isCountry = (code: string): boolean => COUNTRIES.has(code);

/**
 * Formats of postal codes in countries that do not deliver without one, in capitals without blanks and hyphens. Countries with
 * the same format share a row. Source: the country sheets of the Universal Postal Union; where these are ambiguous, the format
 * is the wider one.
 */
const REQUIRED: readonly (readonly [form: RegExp, countries: string])[] = [
  [/^\d{3}$/, 'FO IS'],
  [/^\d{3}(\d{2,3})?$/, 'TW'],
  [/^\d{4}$/, 'AT AU BE BG CH CY DK GL HU LI LU LV NO NZ SI SJ ZA'],
  [/^\d{4}(\d{3})?$/, 'PT'],
  [
    /^\d{5}$/,
    'AX BL CZ DE EE ES FI FR GF GP GR HR IT KR LT MC MF MQ MX MY NC PF PL PM RE SE SK SM TR UA VA WF YT',
  ],
  [/^\d{5}(\d{4})?$/, 'AS FM GU MH MP PR PW US VI'],
  [/^\d{6}$/, 'CN IN RO RU SG'],
  [/^\d{7}$/, 'JP'],
  [/^\d{8}$/, 'BR'],
  [/^\d{4}[A-Z]{2}$/, 'NL'],
  [/^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d$/, 'CA'],
  [/^(GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2})$/, 'GB GG IM JE'],
];

/** The same for countries that also deliver without one. All others have none, or none that can be checked. */
const OPTIONAL: typeof REQUIRED = [
  [/^AD\d{3}$/, 'AD'],
  [/^[A-Z]\d{4}([A-Z]{3})?$|^\d{4}$/, 'AR'],
  [/^[A-Z]\d{2}[A-Z\d]{4}$|^D6W[A-Z\d]{4}$/, 'IE'],
  [/^[A-Z]{3}\d{2,4}$/, 'MT'],
  [/^\d{4}$/, 'PH'],
  [/^\d{5}$/, 'ID RS TH'],
  [/^\d{5}(\d{2})?$/, 'IL'],
];

const byCountry = (rows: typeof REQUIRED): ReadonlyMap<string, RegExp> =>
  new Map(rows.flatMap(([form, countries]) => countries.split(' ').map((country) => [country, form])));

const [required, optional] = [byCountry(REQUIRED), byCountry(OPTIONAL)];

/** @param country ISO 3166-1 alpha-2 */
export const needsPostalCode = (country: string): boolean => required.has(country);

/** Old country letters that are still written before the code and differ from ISO 3166. */
const OLD_PREFIXES: ReadonlyMap<string, string> = new Map(
  Object.entries({ AT: 'A', BE: 'B', DE: 'D', FR: 'F', IT: 'I', LU: 'L' }),
);

/** Whether it has the country's format. Blanks, hyphens, case and a country prefix (`LV-1050`) are ignored. */
export const isPostalCode = (text: string, country: string): boolean => {
  const form = required.get(country) ?? optional.get(country);
  if (!form) return true;
  const compact = text.toUpperCase().replaceAll(/[\s-]/g, '');
  const prefixes = ['', country, OLD_PREFIXES.get(country) ?? ''];
  return prefixes.some((prefix) => compact.startsWith(prefix) && form.test(compact.slice(prefix.length)));
};
