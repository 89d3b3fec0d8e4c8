/** What people are written about: the types of the events. */
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

/** What is to be written to whom; its template makes a mail of it. Plain JSON. */
export interface Letter {
  /** The event's id: one letter per event. */
  readonly letterId: string;
  readonly kind: LetterKind;
  /** The order that it is about. */
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

/** A letter as it goes out. */
export interface Mail {
  /** The letter's id, and so the `Message-ID`: a mail that is sent twice is recognised. */
  readonly mailId: string;
  readonly kind: LetterKind;
  readonly to: Recipient;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
