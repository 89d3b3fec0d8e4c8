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

const bodyOf = ({ fact, visit }: Publication): Body => {
  const at = fact.at.toISOString();
  const who = defined({ session_id: visit.sessionId, user_id: visit.userId });
  switch (fact.kind) {
    case 'viewed': {
      const { productId, sku, source } = fact;
      const payload = {
        ...who,
        product_id: productId,
        sku,
        source: fromSource(source),
        views: 1,
        viewed_at: at,
      };
      return { type: 'product.viewed', payload: defined(payload) };
    }
    case 'searched': {
      const payload = { ...who, query: searchTerm(fact.query), hits: fact.hits, searched_at: at };
      return { type: 'search.performed', payload: defined(payload) };
    }
    case 'shown': {
      const { listId, placement, strategy, modelVersion, bucket } = fact;
      const items = fact.items.map(({ productId, position, propensity }) =>
        defined({ product_id: productId, position, propensity }),
      );
      const how = { placement, strategy, model_version: modelVersion, bucket };
      const payload = { ...who, list_id: listId, ...how, items, shown_at: at };
      return { type: 'recommendation.shown', payload: defined(payload) };
    }
    case 'clicked':
    case 'added': {
      const { listId, productId, position } = fact;
      const kind = fact.kind === 'added' ? 'add' : 'click';
      const what = { list_id: listId, kind, product_id: productId, position } as const;
      return { type: 'recommendation.clicked', payload: { ...who, ...what, clicked_at: at } };
    }
  }
};
