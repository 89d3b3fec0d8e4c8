/** Places of successful logins. A place is an account and a network, as a digest. */
export interface KnownPlaces {
  isKnown(place: string): Promise<boolean>;
  /** Adds the place, or extends its lifetime. */
  remember(place: string, now: Date): Promise<void>;
  /** Deletes those last used earlier. */
  forgetBefore(since: Date): Promise<void>;
}
