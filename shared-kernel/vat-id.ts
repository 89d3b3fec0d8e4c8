/** VAT identification numbers by country prefix, as described by the EU's VIES and other tax authorities. */
const FORMS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    AT: /^U\d{8}$/,
    BE: /^[01]\d{9}$/,
    BG: /^\d{9,10}$/,
    CY: /^\d{8}[A-Z]$/,
    CZ: /^\d{8,10}$/,
    DE: /^\d{9}$/,
    DK: /^\d{8}$/,
    EE: /^\d{9}$/,
    EL: /^\d{9}$/,
    ES: /^[A-Z\d]\d{7}[A-Z\d]$/,
    FI: /^\d{8}$/,
    FR: /^[A-HJ-NP-Z\d]{2}\d{9}$/,
    HR: /^\d{11}$/,
    HU: /^\d{8}$/,
    IE: /^\d[A-Z\d+*]\d{5}[A-Z]{1,2}$/,
    IT: /^\d{11}$/,
    LT: /^(\d{9}|\d{12})$/,
    LU: /^\d{8}$/,
    LV: /^\d{11}$/,
    MT: /^\d{8}$/,
    NL: /^[A-Z\d+*]{10}\d{2}$/,
    PL: /^\d{10}$/,
    PT: /^\d{9}$/,
    RO: /^\d{2,10}$/,
    SE: /^\d{12}$/,
    SI: /^\d{8}$/,
    SK: /^\d{10}$/,
    GB: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
    XI: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
    CHE: /^\d{9}(MWST|TVA|IVA)?$/,
    NO: /^\d{9}(MVA)?$/,
  }),
);

/**
 * A VAT ID in capitals without blanks and dots, if it has its country's format. Whether it is registered is not checked, which
 * would need the tax authorities.
 * @returns undefined if the format or the country is unknown
 */
export const readVatId = (text: string): string | undefined => {
  const compact = text.toUpperCase().replaceAll(/[\s.\-/]/g, '');
  const [, prefix = '', rest = ''] = /^(CHE|[A-Z]{2})(.*)$/.exec(compact) ?? [];
  return FORMS.get(prefix)?.test(rest) === true ? compact : undefined;
};
