/** What is known of a user and an e-mail address. Events say it in any order, and more than once. Times are RFC 3339 UTC. */
export interface Proof {
  readonly userId: string;
  /** Normalised. */
  readonly email: string;
  /** When the user last proved to own it. */
  readonly provenAt?: string | undefined;
  /** When the user last replaced it by another. */
  readonly leftAt?: string | undefined;
}

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && Date.parse(other) > Date.parse(one)) ? other : one;

/** Both together, whichever came first. */
export const joined = (known: Proof | undefined, fact: Proof): Proof => ({
  ...fact,
  provenAt: later(known?.provenAt, fact.provenAt),
  leftAt: later(known?.leftAt, fact.leftAt),
});

/**
 * The user to whom a guest's order of that time belongs, of those who have proved to own its address; the last, if several have. An
 * address may have another owner once its user has left it.
 */
export const ownerAt = (proofs: readonly Proof[], placedAt: string): string | undefined => {
  let owner: { readonly userId: string; readonly at: number } | undefined;
  for (const { userId, provenAt, leftAt } of proofs) {
    if (provenAt === undefined) continue;
    const at = Date.parse(provenAt);
    const hasLeft = leftAt !== undefined && Date.parse(leftAt) >= at;
    if (hasLeft && Date.parse(placedAt) >= Date.parse(leftAt)) continue;
    if (!owner || at > owner.at) owner = { userId, at };
  }
  return owner?.userId;
};
