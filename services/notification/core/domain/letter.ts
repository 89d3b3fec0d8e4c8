/** The event types that lead to a letter. */
export const LETTER_KINDS = [
  'user.registered',
  'user.registration_repeated',
  'user.password_reset_requested',
  'order.placed',
  'order.confirmed',
  'order.cancelled',
  'shipment.created',
  'order.delivered',
  'order.refunded',
  'payment.failed',
] as const;

export type LetterKind = (typeof LETTER_KINDS)[number];

/** The content and recipient of a mail, before its template is applied. Plain JSON. */
export interface Letter {
  /** The event's ID: one letter per event. */
  readonly letterId: string;
  readonly kind: LetterKind;
  /** The order concerned. */
  readonly orderId?: string;
  readonly to: Recipient;
  readonly subject: string;
  /** What the template shows, formatted. */
  readonly data: LetterData;
}

export interface Recipient {
  readonly email: string;
  readonly name: string;
}

export type LetterData = Readonly<Record<string, unknown>>;

/** A rendered letter. */
export interface Mail {
  /** The letter's ID, used as `Message-ID`, so that a mail that is sent twice is recognised. */
  readonly mailId: string;
  readonly kind: LetterKind;
  readonly to: Recipient;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
