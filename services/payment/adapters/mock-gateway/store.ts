import type { Card } from '../../core/domain/payment.ts';
import type { Manner } from './test-cards.ts';

/** A card behind a token, without its number. */
export interface CardToken {
  readonly token: string;
  /** To be exchanged for any number of single-use tokens; it authorises nothing itself. */
  readonly isReusable: boolean;
  readonly card: Card;
  readonly manner: Manner;
}

/** A completed call, stored permanently under its key. */
export interface Operation {
  readonly key: string;
  /** Absent if it was approved. */
  readonly reason: string | undefined;
  /** The hold that it changed, and its card. */
  readonly hold: string;
  readonly card: Card | undefined;
  /** When it is decided; "pending" before. */
  readonly readyAt: Date;
  /** Number of calls with this key, including this one. */
  readonly calls: number;
  readonly losesAnswers: boolean;
}

export interface AuthorizeRequest {
  readonly key: string;
  /** Id of the new hold. */
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
 * The gateway's state. Each method is atomic and returns responses in the order of the requests; a known key gets its original
 * response. No two requests of a call share a key or a hold.
 */
export interface GatewayStore {
  addToken(token: CardToken): Promise<void>;
  /** Adds a single-use token for the card of a reusable one; false if that is unknown, or its card has expired. */
  exchange(reusable: string, token: string, now: Date): Promise<boolean>;
  authorize(requests: readonly AuthorizeRequest[], now: Date): Promise<readonly Operation[]>;
  change(kind: Change, requests: readonly ChangeRequest[], now: Date): Promise<readonly Operation[]>;
  find(key: string): Promise<Operation | undefined>;
}
