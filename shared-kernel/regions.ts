/**
 * ISO 3166-2 subdivisions of the countries whose taxes depend on the region: the code without its country, then the names in
 * use, the official one first.
 */
const US =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California/Calif|CO Colorado|CT Connecticut/Conn|DE Delaware|' +
  'DC District of Columbia/Washington DC/Washington District of Columbia|FL Florida|GA Georgia|HI Hawaii/Hawai‘i|' +
  'ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|' +
  'MA Massachusetts/Mass|MI Michigan/Mich|MN Minnesota/Minn|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|' +
  'NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York/New York State|NC North Carolina|' +
  'ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania/Penna|RI Rhode Island|SC South Carolina|' +
  'SD South Dakota|TN Tennessee/Tenn|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington/Washington State|' +
  'WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|GU Guam|MP Northern Mariana Islands|' +
  'PR Puerto Rico|UM United States Minor Outlying Islands|VI Virgin Islands/US Virgin Islands';

const CA =
  'AB Alberta|BC British Columbia/Colombie-Britannique|MB Manitoba|NB New Brunswick/Nouveau-Brunswick|' +
  'NL Newfoundland and Labrador/Newfoundland/Labrador/Terre-Neuve-et-Labrador/NF|' +
  'NS Nova Scotia/Nouvelle-Écosse|NT Northwest Territories/Territoires du Nord-Ouest|NU Nunavut|ON Ontario|' +
  'PE Prince Edward Island/Île-du-Prince-Édouard/PEI|QC Quebec/Québec/PQ|SK Saskatchewan|YT Yukon/Yukon Territory';

/** Autonomous communities and their provinces: people write either. */
const ES =
  'AN Andalucía/Andalusia|AR Aragón|AS Asturias/Principado de Asturias|CB Cantabria|CE Ceuta|' +
  'CL Castilla y León/Castile and León|CM Castilla-La Mancha/Castile-La Mancha|CN Canarias/Canary Islands/Islas Canarias|' +
  'CT Catalunya/Cataluña/Catalonia|EX Extremadura|GA Galicia|IB Illes Balears/Islas Baleares/Baleares/Balearic Islands|' +
  'MC Región de Murcia|MD Comunidad de Madrid|ML Melilla|NC Comunidad Foral de Navarra|PV País Vasco/Euskadi/Basque Country|' +
  'RI La Rioja|VC Comunitat Valenciana/Comunidad Valenciana|' +
  'A Alicante/Alacant|AB Albacete|AL Almería|AV Ávila|B Barcelona|BA Badajoz|BI Bizkaia/Vizcaya|BU Burgos|' +
  'C A Coruña/La Coruña|CA Cádiz|CC Cáceres|CO Córdoba|CR Ciudad Real|CS Castellón/Castelló|CU Cuenca|' +
  'GC Las Palmas|GI Girona/Gerona|GR Granada|GU Guadalajara|H Huelva|HU Huesca|J Jaén|L Lleida/Lérida|LE León|' +
  'LO Logroño|LU Lugo|M Madrid|MA Málaga|MU Murcia|NA Navarra/Navarre|O Oviedo|OR Ourense/Orense|P Palencia|' +
  'PM Palma de Mallorca|PO Pontevedra|S Santander|SA Salamanca|SE Sevilla/Seville|SG Segovia|SO Soria|' +
  'SS Gipuzkoa/Guipúzcoa|T Tarragona|TE Teruel|TF Santa Cruz de Tenerife/Tenerife|TO Toledo|V Valencia/València|' +
  'VA Valladolid|VI Araba/Álava|Z Zaragoza/Saragossa|ZA Zamora';

/** Letters alone, without accents: `Québec` and `quebec`, `D.C.` and `DC` are the same. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '');

/** Folded names and codes → code. */
const namesOf = (country: string, list: string): ReadonlyMap<string, string> =>
  new Map(
    list.split('|').flatMap((entry) => {
      const [code = '', ...words] = entry.split(' ');
      const names = words.join(' ').split('/');
      return [code, `${country}${code}`, ...names].map((name): [string, string] => [folded(name), code]);
    }),
  );

const REGIONS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries({ US, CA, ES }).map(([country, list]) => [country, namesOf(country, list)]),
);

/** Whether an address in this country needs a region known to `regionOf`. */
export const needsRegion = (country: string): boolean => REGIONS.has(country);

/** `US-CA`, `ca` or `California` → `CA`; undefined if unknown. */
export const regionOf = (text: string, country: string): string | undefined =>
  REGIONS.get(country)?.get(folded(text));

/** Codes of all regions of a country that needs them; the tax table must contain each. */
export const regionsOf = (country: string): readonly string[] => [
  ...new Set(REGIONS.get(country)?.values() ?? []),
];
