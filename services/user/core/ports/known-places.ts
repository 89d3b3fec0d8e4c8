/** Where accounts have been logged in at: a place is an account and a network, as a digest. */
export interface KnownPlaces {
  isKnown(place: string): Promise<boolean>;
  /** Knows it from now on, or still. */
  remember(place: string, now: Date): Promise<void>;
  /** Drops those that were last used earlier. */
  forgetBefore(since: Date): Promise<void>;
}
