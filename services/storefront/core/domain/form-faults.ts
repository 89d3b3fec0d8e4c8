import type { FormFault } from '#contracts/pages/storefront.ts';
import type { Refused } from '../ports/shop.ts';

/**
 * What a form shows of a refusal: each fault at its field.
 * @param fields by code, or by the name of the field in the API; the last part of the pointer is the field otherwise
 */
export const formFaults = (
  { code, errors }: Refused,
  fields: Readonly<Record<string, string>> = {},
): readonly FormFault[] =>
  errors.length === 0
    ? [{ field: fields[code], message: code }]
    : errors.map(({ pointer, message }) => {
        const name = pointer.split('/').at(-1) ?? '';
        return { field: fields[name] ?? name, message };
      });
