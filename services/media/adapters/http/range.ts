import type { ByteRange } from '../../core/ports/blob-store.ts';

const ONE = /^bytes=(?<first>\d{0,15})-(?<last>\d{0,15})$/;

/**
 * The range that a request asks for (RFC 9110, 14.2). `all` if it asks for none, for several, or in a way that nobody
 * understands; `none` if the file is shorter.
 * @param size of the file, bytes
 */
export const rangeOf = (header: string | undefined, size: number): ByteRange | 'all' | 'none' => {
  const { first = '', last = '' } = ONE.exec(header?.replaceAll(' ', '') ?? '')?.groups ?? {};
  if (first === '' && last === '') return 'all';
  if (first === '') {
    const length = Number(last);
    return length === 0 || size === 0 ? 'none' : { first: Math.max(0, size - length), last: size - 1 };
  }
  if (last !== '' && Number(last) < Number(first)) return 'all'; // invalid, so ignored
  if (Number(first) >= size) return 'none';
  return { first: Number(first), last: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
};
