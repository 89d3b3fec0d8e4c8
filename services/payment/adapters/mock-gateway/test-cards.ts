/** Behaviour of the gateway for a card. */
export interface Manner {
  /** Decline code of authorisations. */
  readonly declines: string | undefined;
  readonly refusesCapture: boolean;
  readonly refusesRefund: boolean;
  /** Time until an authorisation is decided, milliseconds. */
  readonly slowMs: number;
  /** The first two calls under each key get no response, though they take effect. */
  readonly losesAnswers: boolean;
}

export interface TestCard {
  readonly number: string;
  readonly behaviour: string;
  readonly manner: Manner;
}

const APPROVES: Manner = {
  declines: undefined,
  refusesCapture: false,
  refusesRefund: false,
  slowMs: 0,
  losesAnswers: false,
};

const card = (number: string, behaviour: string, manner: Partial<Manner> = {}): TestCard => ({
  number,
  behaviour,
  manner: { ...APPROVES, ...manner },
});

export const TEST_CARDS: readonly TestCard[] = [
  card('4242424242424242', 'Visa, approves.'),
  card('5555555555554444', 'Mastercard, approves.'),
  card('4000000000000002', 'Declined: card_declined.', { declines: 'card_declined' }),
  card('4000000000009995', 'Declined: insufficient_funds.', { declines: 'insufficient_funds' }),
  card('4000000000000069', 'Declined: expired_card.', { declines: 'expired_card' }),
  card('4000000000000259', 'Authorises, but the capture is refused.', { refusesCapture: true }),
  card('4000000000005126', 'Pays, but refunds are refused.', { refusesRefund: true }),
  card('4000000000003220', 'Needs two seconds, then approves.', { slowMs: 2_000 }),
  card('4000000000000119', 'Approves, but the first two answers to each call are lost.', {
    losesAnswers: true,
  }),
];

/** Any other card with a valid number is treated like the first. */
export const mannerOf = (number: string): Manner =>
  TEST_CARDS.find((known) => known.number === number)?.manner ?? APPROVES;
