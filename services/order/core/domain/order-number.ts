/**
 * The number by which people name an order: `K7QM-2X9F`. It tells neither when the order was placed nor how many there are.
 *
 * It is written in Crockford's base 32, which has no I, L, O and U, in groups of four. The last character is a check character.
 */

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_DIGIT = 5;
/** Digits before the check character. */
const SHORT = 7;
const LONG = 11;

/** The number of a new order: 35 random bits of its ID. Two orders may get the same one, which the store refuses. */
export const newOrderNumber = (orderId: string): string => numberOf(orderId, SHORT);

/** The number of an order that was placed before orders had numbers. It is longer, so that no two are the same. */
export const lateOrderNumber = (orderId: string): string => numberOf(orderId, LONG);

/** The number that a person means, despite case, hyphens, and O for 0 or I and L for 1; undefined if it is none. */
export const readOrderNumber = (text: string): string | undefined => {
  const digits = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (digits.length !== SHORT + 1 && digits.length !== LONG + 1) return undefined;
  const isValid = Array.from(digits).every((digit) => DIGITS.includes(digit));
  return isValid && checkOf(digits.slice(0, -1)) === digits.at(-1) ? grouped(digits) : undefined;
};

const numberOf = (orderId: string, length: number): string => {
  const bits = BigInt.asUintN(length * BITS_PER_DIGIT, BigInt(`0x${orderId.replaceAll('-', '')}`));
  const digits = Array.from({ length }, (_, index) => {
    const shift = BigInt((length - 1 - index) * BITS_PER_DIGIT);
    return digitAt(Number((bits >> shift) & 31n));
  }).join('');
  return grouped(digits + checkOf(digits));
};

/** Detects any wrong digit, and swapped neighbours unless they are 16 apart: odd weights have an inverse modulo 32. */
const checkOf = (digits: string): string =>
  digitAt(Array.from(digits).reduce((sum, digit, index) => sum + DIGITS.indexOf(digit) * (2 * index + 1), 0));

const digitAt = (value: number): string => DIGITS.charAt(value % DIGITS.length);

const grouped = (digits: string): string => digits.replace(/(.{4})(?=.)/g, '$1-');
