import type { Erasure, Person, PersonalPage } from '#kernel/personal-data.ts';

/** The other services that hold personal data. */
export interface Holders {
  readonly names: readonly string[];
  /** Throws if the service is unavailable. */
  read(service: string, person: Person, cursor: string | undefined): Promise<PersonalPage>;
  /** Erases some of it; to be called until it is done. Throws if the service is unavailable. */
  erase(service: string, person: Person): Promise<Erasure>;
}
