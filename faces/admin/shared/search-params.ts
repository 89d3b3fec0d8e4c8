/** Reads search parameters of any URL: what is not understood is undefined. */

export const oneOf = <Name extends string>(names: readonly Name[], value: unknown): Name | undefined =>
  names.find((name) => name === value);

/** A router reads digits as a number. */
export const textOf = (value: unknown, most: number): string | undefined => {
  const found = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return found === '' ? undefined : found.slice(0, most);
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isUuid = (text: string): boolean => UUID.test(text);

export const uuidOf = (value: unknown): string | undefined =>
  typeof value === 'string' && isUuid(value) ? value : undefined;

/** Such as `2026-03-01`. */
export const dayOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;

/** Leaves out what is undefined, so that it is not in the URL. */
export const defined = <View extends object>(view: View): View =>
  Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as View;
