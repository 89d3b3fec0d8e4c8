import type { UserSigner } from '#adapters/auth/user-tokens.ts';
import { itemFor, type Item } from './products.ts';
import type { ShopAddress, Shoppers } from './shoppers.ts';

/** Shoppers at a time, as in a shop that is busy, not overrun. */
export const SHOPPERS_AT_ONCE = 8;
/** Who fill carts, and lines that each cart gets: so that carts grow as carts do. */
export const ADDERS = 64;
const LINES = 40;
/** The item for the next adder. */
export const itemToAdd = (items: readonly Item[], turn: number): Item =>
  itemFor(items, Math.floor(turn / ADDERS) % LINES);

/** Readers at a time. */
export const READERS_AT_ONCE = 16;

/** One of those that make up the shop. */
export interface BenchProcess {
  readonly name: string;
  /** With whose CPU time its own is counted. */
  readonly group: 'services' | 'databases' | 'Kafka' | 'the load itself';
  /** Milliseconds of CPU time so far. */
  readonly cpuMs: () => number;
  /** MiB; of the shop's own. */
  readonly residentMib?: () => number;
}

/** A shop that runs, with products, of whatever profile. */
export interface ShopUnderLoad extends ShopAddress {
  /** A token of an administrator. */
  readonly admin: string;
  readonly sign: UserSigner;
  readonly shoppers: Shoppers;
  /** Plenty of each. */
  readonly items: readonly Item[];
  readonly processes: readonly BenchProcess[];
}
