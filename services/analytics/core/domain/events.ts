import type { Behaviour, Visit } from './behaviour.ts';

const TYPES = {
  viewed: 'product.viewed',
  searched: 'search.performed',
  shown: 'recommendation.shown',
  clicked: 'recommendation.clicked',
  added: 'recommendation.clicked',
} as const satisfies Readonly<Record<Behaviour['kind'], string>>;

/** Integration events. */
export interface Publication {
  readonly type: (typeof TYPES)[Behaviour['kind']];
  readonly fact: Behaviour;
  readonly visit: Visit;
}

export const behaved = (visit: Visit, fact: Behaviour): Publication => ({
  type: TYPES[fact.kind],
  fact,
  visit,
});
