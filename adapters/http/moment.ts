/** Every store accepts times from here on, … */
const FIRST = Date.UTC(1970, 0, 1);
/** … and later years have five digits, which sort before four. */
const LAST = Date.UTC(9999, 11, 31);

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/** The format `date-time`: an RFC 3339 time that exists and that every store accepts. */
export const isMoment = (text: string): boolean => {
  const [day = ''] = text.split('T', 1);
  const [time, date] = [Date.parse(text), Date.parse(day)];
  return (
    RFC_3339.test(text) &&
    time >= FIRST &&
    time < LAST &&
    // 30 February is parsed as a day in March.
    new Date(date).toISOString().startsWith(day)
  );
};
