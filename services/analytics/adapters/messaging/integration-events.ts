import type { EventPayloads, NewEvent } from '#kernel/events.ts';
import type { Source } from '../../core/domain/behaviour.ts';
import type { Publication } from '../../core/domain/events.ts';
import { searchTerm } from '../../core/domain/search-term.ts';

/** Without properties that are undefined: schemas are closed. */
const defined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;

const fromSource = ({ kind, query, listId, position }: Source) =>
  defined({
    kind,
    query: query === undefined ? undefined : searchTerm(query),
    list_id: listId,
    position,
  });

/** A publication in its wire format. A visit has no versions. */
export const toWire = (publication: Publication): NewEvent => ({
  aggregateId: publication.visit.sessionId,
  aggregateVersion: 1,
  ...bodyOf(publication),
});

type Body = { [T in Publication['type']]: { type: T; payload: EventPayloads[T] } }[Publication['type']];

const STEPS = { added: 'cart', checkout: 'checkout', ordered: 'order' } as const;

const bodyOf = ({ visit, ...publication }: Publication): Body => {
  const at = publication.fact.at.toISOString();
  const who = defined({ session_id: visit.sessionId, user_id: visit.userId });
  switch (publication.type) {
    case 'product.viewed': {
      const { type, fact } = publication;
      const { productId, sku, source } = fact;
      const what = { product_id: productId, sku, source: fromSource(source) };
      return { type, payload: defined({ ...who, ...what, views: 1, viewed_at: at }) };
    }
    case 'search.performed': {
      const { type, fact } = publication;
      const payload = { ...who, query: searchTerm(fact.query), hits: fact.hits, searched_at: at };
      return { type, payload: defined(payload) };
    }
    case 'recommendation.shown': {
      const { type, fact } = publication;
      const { listId, placement, strategy, modelVersion, bucket } = fact;
      const items = fact.items.map(({ productId, position, propensity }) =>
        defined({ product_id: productId, position, propensity }),
      );
      const how = { placement, strategy, model_version: modelVersion, bucket };
      return { type, payload: defined({ ...who, list_id: listId, ...how, items, shown_at: at }) };
    }
    case 'recommendation.clicked': {
      const { type, fact } = publication;
      const { listId = '', position = 1 } = fact.kind === 'added' ? { ...fact.from } : fact;
      const kind = fact.kind === 'added' ? 'add' : 'click';
      const what = { list_id: listId, kind, product_id: fact.productId, position } as const;
      return { type, payload: { ...who, ...what, clicked_at: at } };
    }
    case 'visit.advanced': {
      const { type, fact } = publication;
      const payload = {
        ...who,
        step: STEPS[fact.kind],
        product_id: fact.kind === 'added' ? fact.productId : undefined,
        order_id: fact.kind === 'ordered' ? fact.orderId : undefined,
        advanced_at: at,
      };
      return { type, payload: defined(payload) };
    }
  }
};
