import type { Card } from '../../core/domain/payment.ts';
import type { Manner } from './test-cards.ts';

/** A card behind a single-use token, without its number. */
export interface CardToken {
  readonly token: string;
  readonly card: Card;
  readonly manner: Manner;
}

/** A call that was answered, under its key for ever. */
export interface Operation {
  readonly key: string;
  /** Absent when it was approved. */
  readonly reason: string | undefined;
  /** The hold it is about, and the card behind it. */
  readonly hold: string;
  readonly card: Card | undefined;
  /** When it is decided; until then the answer is "pending". */
  readonly readyAt: Date;
  /** How often it was asked for, this time included. */
  readonly calls: number;
  readonly losesAnswers: boolean;
}

export interface AuthorizeRequest {
  readonly key: string;
  /** Of the hold to be. */
  readonly hold: string;
  readonly token: string;
  /** Minor units. */
  readonly minor: number;
  readonly currency: string;
}

export type Change = 'capture' | 'void' | 'refund';

export interface ChangeRequest {
  readonly key: string;
  readonly hold: string;
  readonly minor: number;
}

/**
 * What the gateway remembers. Each method is one step that happens as a whole or not at all, and answers in the
 * order it was asked; a key that was used gets the answer it got. No two requests share a key or a hold.
 */
export interface GatewayStore {
  addToken(token: CardToken): Promise<void>;
  authorize(requests: readonly AuthorizeRequest[], now: Date): Promise<readonly Operation[]>;
  change(kind: Change, requests: readonly ChangeRequest[], now: Date): Promise<readonly Operation[]>;
  find(key: string): Promise<Operation | undefined>;
}
