import type { FieldError } from '#kernel/result.ts';

/** What several ports speak of. */
export type Language = 'en' | 'de';

/** A refusal of the shop, with its code. */
export interface Refused {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** When trying again may help, if the shop says so. */
  readonly retryAfterMs: number | undefined;
  /** To be completed with a second factor. */
  readonly challenge: string | undefined;
}

export interface AddressFields {
  readonly recipient: string;
  readonly line1: string;
  readonly line2: string | undefined;
  readonly city: string;
  readonly region: string | undefined;
  readonly postalCode: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone: string | undefined;
}

export interface Address extends AddressFields {
  readonly addressId: string;
  readonly isDefault: boolean;
}
