import { flawOfName } from '#kernel/person-name.ts';
import type { FormFault } from '#contracts/pages/storefront.ts';
import type { Draft } from '../ports/shop.ts';

/** As JSON: the gateway keeps it in a cookie, and a longer one would be lost. */
const MOST_BYTES = 1_500;

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is wrong with what a guest has entered, apart from what only the shop knows. */
export const faultsOf = (draft: Draft): readonly FormFault[] => [
  ...(ADDRESS.test(draft.email) ? [] : [{ field: 'email', message: 'INVALID_EMAIL' }]),
  ...(flawOfName(draft.address.recipient) === undefined
    ? []
    : [{ field: 'recipient', message: 'INVALID_NAME' }]),
  ...(Buffer.byteLength(JSON.stringify(draft)) <= MOST_BYTES
    ? []
    : [{ field: undefined, message: 'TOO_LONG' }]),
];
