/** New identifiers for the application. */
export interface Ids {
  /** A new UUIDv7: unique, and sorting by time of creation. */
  next(): string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isUuid = (text: string): boolean => UUID.test(text);

/** When a UUIDv7 was made; undefined for other IDs. */
export const timeOf = (id: string): Date | undefined =>
  isUuid(id) && id[14] === '7' ? new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) : undefined;

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');

/**
 * Formats a UUIDv7 (RFC 9562 §5.7).
 * @param unixMs milliseconds since the epoch, 48 bits
 * @param random ten random bytes
 */
export const uuidv7 = (unixMs: number, random: Uint8Array): string => {
  const byte = (index: number): number => random[index] ?? 0;
  const time = hex(unixMs, 12);
  const randA = hex(0x7000 | ((byte(0) << 8) & 0x0f00) | byte(1), 4);
  const randB = hex(0x8000 | ((byte(2) << 8) & 0x3f00) | byte(3), 4);
  const node = [4, 5, 6, 7, 8, 9].map((index) => hex(byte(index), 2)).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-${randA}-${randB}-${node}`;
};

/** IDs that count up from one, readable in a failing test. */
export class SequentialIds implements Ids {
  #count = 0;

  next(): string {
    this.#count += 1;
    return `00000000-0000-7000-8000-${hex(this.#count, 12)}`;
  }
}
