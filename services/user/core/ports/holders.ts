import type { Erasure, Person, PersonalPage, PersonalRecord } from '#kernel/personal-data.ts';

/** What a person has uploaded. */
export interface PersonalFile {
  /** Without folders. */
  readonly name: string;
  /** Read part by part. Throws if the service is unavailable, or the file is removed meanwhile. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Undefined if the file is gone. Throws if the service is unavailable. */
export type OpenFile = () => Promise<PersonalFile | undefined>;

/** The other services that hold personal data. */
export interface Holders {
  readonly names: readonly string[];
  /** Throws if the service is unavailable. */
  read(service: string, person: Person, cursor: string | undefined): Promise<PersonalPage>;
  /** Opens the file that a record is about; undefined if it is about none. */
  fileOf(service: string, person: Person, record: PersonalRecord): OpenFile | undefined;
  /** Erases some of it; to be called until it is done. Throws if the service is unavailable. */
  erase(service: string, person: Person): Promise<Erasure>;
}
