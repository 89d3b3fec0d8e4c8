import type { components } from '#openapi/generated/analytics.ts';
import type { Behaviour, Source } from '../../core/domain/behaviour.ts';

type Schemas = components['schemas'];

const toSource = ({ kind, query, list_id: listId, position }: Schemas['BehaviourSource']): Source => ({
  kind,
  query,
  listId: listId?.toLowerCase(),
  position,
});

/** IDs are compared as text, and some clients write them in capitals. */
const idOf = (id: string): string => id.toLowerCase();

export const toBehaviour = (fact: Schemas['BehaviourFact']): Behaviour => {
  const when = { id: idOf(fact.id), at: new Date(fact.at) };
  switch (fact.kind) {
    case 'viewed': {
      const { product_id, sku, source = { kind: 'direct' } } = fact;
      return { ...when, kind: fact.kind, productId: idOf(product_id), sku, source: toSource(source) };
    }
    case 'searched':
      return { ...when, kind: fact.kind, query: fact.query, hits: fact.hits };
    case 'shown': {
      const { list_id, placement, strategy, model_version: modelVersion, bucket } = fact;
      const items = fact.items.map(({ product_id, position, propensity }) => ({
        productId: idOf(product_id),
        position,
        propensity,
      }));
      const how = { placement, strategy, modelVersion, bucket };
      return { ...when, kind: fact.kind, listId: idOf(list_id), ...how, items };
    }
    case 'clicked': {
      const { list_id, product_id, position } = fact;
      return { ...when, kind: fact.kind, listId: idOf(list_id), productId: idOf(product_id), position };
    }
    case 'added': {
      const { list_id, product_id, position } = fact;
      const isOfList = list_id !== undefined && position !== undefined;
      const from = isOfList ? { listId: idOf(list_id), position } : undefined;
      return { ...when, kind: fact.kind, productId: idOf(product_id), from };
    }
    case 'checkout':
      return { ...when, kind: fact.kind };
    case 'ordered':
      return { ...when, kind: fact.kind, orderId: idOf(fact.order_id) };
  }
};
