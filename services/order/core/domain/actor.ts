/** The cause of an event: a person, or the shop itself. */
export type Actor =
  /** Without an ID if it is a guest. */
  | { readonly kind: 'customer'; readonly userId?: string }
  | { readonly kind: 'staff'; readonly userId: string }
  | { readonly kind: 'system' };

export const SYSTEM: Actor = { kind: 'system' };
