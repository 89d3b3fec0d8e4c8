import type { Money } from '#kernel/money.ts';
import type { Authorization, Verdict } from '../domain/commands.ts';

/**
 * The company that talks to banks. A call with a key is idempotent: a repeated call gets the first response. A call
 * that rejects may still have taken effect.
 */
export interface PaymentGateway {
  /** A single-use token for the card behind a reusable one; undefined if the gateway no longer accepts that. */
  exchange(reusableToken: string): Promise<string | undefined>;
  /** Authorises an amount on the card behind a single-use token. */
  authorize(call: {
    readonly key: string;
    readonly token: string;
    readonly amount: Money;
  }): Promise<GatewayAnswer>;
  /** Captures the held amount. */
  capture(call: GatewayCall & { readonly amount: Money }): Promise<Verdict>;
  /** Releases the hold; refused once it is captured. */
  void(call: GatewayCall): Promise<Verdict>;
  /** Refunds part of the captured amount, or all of it. */
  refund(call: GatewayCall & { readonly amount: Money }): Promise<Verdict>;
  /** The outcome of an earlier call. */
  find(key: string): Promise<GatewayAnswer | undefined>;
}

export interface GatewayCall {
  readonly key: string;
  readonly authorization: string;
}

/** `pending`: try again later, with `find`. */
export type GatewayAnswer = Verdict<Authorization> | { readonly status: 'pending' };
