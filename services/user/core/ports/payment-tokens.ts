/** Tokens of the payment provider. */
export interface PaymentTokens {
  /**
   * A single-use token for the card behind a saved, reusable one; undefined if the provider no longer accepts that. Throws if it
   * cannot be asked now.
   */
  issue(reusableToken: string): Promise<string | undefined>;
}
