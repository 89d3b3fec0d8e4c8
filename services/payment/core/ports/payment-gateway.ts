import type { Money } from '#kernel/money.ts';
import type { Authorization, Verdict } from '../domain/commands.ts';

/**
 * The company that talks to banks. Every call is idempotent by its key: repeating one gets the first answer. A call
 * that rejects may nevertheless have taken effect.
 */
export interface PaymentGateway {
  /** Holds the amount on the card behind a single-use token. */
  authorize(call: {
    readonly key: string;
    readonly token: string;
    readonly amount: Money;
  }): Promise<GatewayAnswer>;
  /** Takes what is held. */
  capture(call: GatewayCall & { readonly amount: Money }): Promise<Verdict>;
  /** Lifts the hold; refused once it is captured. */
  void(call: GatewayCall): Promise<Verdict>;
  /** Gives back a part of what was captured, or all of it. */
  refund(call: GatewayCall & { readonly amount: Money }): Promise<Verdict>;
  /** What became of an earlier call. */
  find(key: string): Promise<GatewayAnswer | undefined>;
}

export interface GatewayCall {
  readonly key: string;
  readonly authorization: string;
}

/** `pending`: ask again later, with `find`. */
export type GatewayAnswer = Verdict<Authorization> | { readonly status: 'pending' };
