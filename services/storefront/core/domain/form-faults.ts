import type { FormFault } from '#contracts/pages/storefront.ts';
import type { Refused } from '../ports/shop.ts';

const MINUTE_MS = 60_000;

/** A refusal as one fault. @param field undefined if it is about all of the form */
export const faultOf = ({ code, retryAfterMs }: Refused, field?: string): FormFault => ({
  field,
  message: code,
  ...(retryAfterMs === undefined ? {} : { minutes: Math.ceil(retryAfterMs / MINUTE_MS) }),
});

/**
 * What a form shows of a refusal: each fault at its field.
 * @param fields by code, or by the name of the field in the API; the last part of the pointer is the field otherwise
 */
export const formFaults = (
  refused: Refused,
  fields: Readonly<Record<string, string>> = {},
): readonly FormFault[] =>
  refused.errors.length === 0
    ? [faultOf(refused, fields[refused.code])]
    : refused.errors.map(({ pointer, message }) => {
        const name = pointer.split('/').at(-1) ?? '';
        return { field: fields[name] ?? name, message };
      });
