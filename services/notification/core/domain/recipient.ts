import type { StoredDocument } from '#kernel/documents.ts';

/** A user as mails reach them. The document has the ID of the user. Times are ISO 8601. */
export interface Person extends StoredDocument {
  readonly address?: Dated<{ readonly email: string; readonly firstName: string; readonly lastName: string }>;
  /** The last address that the user has proved to own. */
  readonly proof?: Dated<{ readonly email: string }>;
  /** Nothing that is said later is kept. */
  readonly isErased?: true;
}

type Dated<T> = T & { readonly at: string };

/** What an event says about a user. */
export interface PersonFact {
  readonly userId: string;
  readonly address: NonNullable<Person['address']>;
  /** Whether the event also proves the address. */
  readonly isProven: boolean;
}

const later = <T extends { readonly at: string }>(one: T | undefined, other: T): T =>
  one === undefined || Date.parse(other.at) > Date.parse(one.at) ? other : one;

/** What is known with a fact. Facts may come in any order, and again: the newest wins. */
export const withFact = (known: Person, { address, isProven }: PersonFact): Person =>
  known.isErased
    ? known
    : {
        ...known,
        address: later(known.address, address),
        ...(isProven ? { proof: later(known.proof, { email: address.email, at: address.at }) } : {}),
      };

export const forgotten = ({ id, version }: Person): Person => ({ id, version: version + 1, isErased: true });

export const unknownPerson = (userId: string): Person => ({ id: userId, version: 0 });

/** Where marketing may go: an address whose owner has proved to receive mails. */
export const provenAddress = ({ address, proof }: Person): Person['address'] =>
  address !== undefined && address.email === proof?.email ? address : undefined;
