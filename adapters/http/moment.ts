/** Every store accepts times from here on, … */
const FIRST = Date.UTC(1970, 0, 1);
/** … and later years have five digits, which sort before four. */
const LAST = Date.UTC(9999, 11, 31);

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** The format `date`: a day that exists, in the years of `date-time`. */
export const isDay = (text: string): boolean => {
  const time = Date.parse(text);
  return DAY.test(text) && time >= FIRST && time < LAST && isThere(time, text);
};

/** 30 February is parsed as a day in March. */
const isThere = (time: number, day: string): boolean => new Date(time).toISOString().startsWith(day);

/** The format `date-time`: an RFC 3339 time that exists and that every store accepts. */
export const isMoment = (text: string): boolean => {
  const [day = ''] = text.split('T', 1);
  const [time, date] = [Date.parse(text), Date.parse(day)];
  return RFC_3339.test(text) && time >= FIRST && time < LAST && isThere(date, day);
};
