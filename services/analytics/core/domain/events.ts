import type { Behaviour, BehaviourOf, Visit } from './behaviour.ts';

/** Integration events. */
export type Publication = { readonly visit: Visit } & (
  | { readonly type: 'product.viewed'; readonly fact: BehaviourOf<'viewed'> }
  | { readonly type: 'search.performed'; readonly fact: BehaviourOf<'searched'> }
  | { readonly type: 'recommendation.shown'; readonly fact: BehaviourOf<'shown'> }
  | { readonly type: 'recommendation.clicked'; readonly fact: BehaviourOf<'clicked' | 'added'> }
  | { readonly type: 'visit.advanced'; readonly fact: BehaviourOf<'added' | 'checkout' | 'ordered'> }
);

/** What is published of a fact. */
export const behaved = (visit: Visit, fact: Behaviour): readonly Publication[] => {
  switch (fact.kind) {
    case 'viewed':
      return [{ type: 'product.viewed', visit, fact }];
    case 'searched':
      return [{ type: 'search.performed', visit, fact }];
    case 'shown':
      return [{ type: 'recommendation.shown', visit, fact }];
    case 'clicked':
      return [{ type: 'recommendation.clicked', visit, fact }];
    case 'added': {
      const step: Publication = { type: 'visit.advanced', visit, fact };
      return fact.from ? [step, { type: 'recommendation.clicked', visit, fact }] : [step];
    }
    case 'checkout':
    case 'ordered':
      return [{ type: 'visit.advanced', visit, fact }];
  }
};
