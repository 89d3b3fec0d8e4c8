import { FIELD_WEIGHTS, type Field } from '../../core/domain/document.ts';
import { TIERS, type Alternative, type Plan, type Slot } from '../../core/query/plan.ts';
import { pathOf } from './mapping.ts';
import { anyOf, oneOf, scoring, type Query } from './queries.ts';

/** OpenSearch allows 1,024. Of a query with hundreds of synonyms and guesses, those that do not fit are left out. */
const MOST_CLAUSES = 500;

/** Products that match the plan, with the scores of the embedded index before the boost. Removed ones have none of these fields. */
export const textQuery = (plan: Plan): Query => {
  const { slots, required, fields, onlySku, skuPart, nameKey, kinds, pinned } = plan;
  if (onlySku !== undefined) return { bool: { filter: [oneOf('skus', [onlySku])] } };
  const clauses = slots.map((slot) => slotQuery(slot, fields, MOST_CLAUSES / slots.length));
  const lifted = [
    ...(skuPart === undefined ? [] : [scoring(oneOf('sku_parts', [skuPart]), TIERS.skuPart)]),
    ...pinned.map((id, place) => scoring(oneOf('id', [id]), TIERS.pinned * (pinned.length - place))),
  ];
  // These are found whatever slots they match: they count as all that are required.
  const asIfAllMatched = lifted.length === 0 ? [] : Array<Query>(required).fill(scoring(anyOf(lifted), 0));
  return {
    bool: {
      must: [{ bool: { should: [...clauses, ...asIfAllMatched], minimum_should_match: required } }],
      should: [
        ...lifted,
        scoring(oneOf('name_key', [nameKey]), TIERS.exactName),
        scoring({ prefix: { name_key: { value: `${nameKey} ` } } }, TIERS.namePrefix),
        scoring(oneOf('kinds', kinds), TIERS.kind),
      ],
      minimum_should_match: 0,
    },
  };
};

/** Documents in which any of these fields has the term. */
export const mentioning = (term: string, fields: readonly Field[]): Query =>
  anyOf(placesOf(fields).map(({ path }) => oneOf(path, [term])));

interface Place {
  readonly path: string;
  readonly weight: number;
}

const placesOf = (fields: readonly Field[]): Place[] =>
  [...new Map(fields.map((field) => [pathOf(field), FIELD_WEIGHTS[field]]))].map(([path, weight]) => ({
    path,
    weight,
  }));

/** A way to match a field. */
type Match = (path: string) => Query;

/** Scores as the best of its alternatives, each a list of clauses. */
const slotQuery = ({ alternatives, weight }: Slot, fields: readonly Field[], most: number): Query => {
  const places = placesOf(fields);
  const all = [...synonymsIn(alternatives), ...alternatives.filter((one) => !isPlain(one)).map(toMatches)];
  const queries: Query[] = [];
  let clauses = 0;
  for (const matches of all) {
    clauses += places.length * matches.flat().length;
    if (clauses > most && queries.length > 0) break;
    const perTerm = matches.map((ways) =>
      ways.flatMap(([match, value]) =>
        places.map((place) => scoring(match(place.path), (value * place.weight * weight) / matches.length)),
      ),
    );
    const [only = []] = perTerm;
    queries.push(...(perTerm.length === 1 ? only : [{ bool: { must: perTerm.map(best) } }]));
  }
  return best(queries);
};

const best = (queries: readonly Query[]): Query => ({ dis_max: { queries: [...queries] } });

/** For each term of an alternative, what it may stand for, and the weight of that. */
type Matches = readonly (readonly (readonly [match: Match, weight: number])[])[];

const isPlain = ({ terms, edits, isPrefix }: Alternative): boolean =>
  terms.length === 1 && edits === 0 && !isPrefix;

/** Alternatives of one term, those of the same weight as one clause. */
const synonymsIn = (alternatives: readonly Alternative[]): Matches[] => {
  const byWeight = Map.groupBy(alternatives.filter(isPlain), ({ weight }) => weight);
  return [...byWeight].map(([weight, same]) => {
    const terms = same.flatMap((alternative) => alternative.terms);
    return [[[(path) => oneOf(path, terms), weight]]];
  });
};

const toMatches = ({ terms, weight, edits, isPrefix }: Alternative): Matches =>
  terms.map((term) => [
    [(path) => oneOf(path, [term]), weight],
    ...(isPrefix ? [[beginningWith(term), weight / (1 + 1 / 4)] as const] : []),
    ...Array.from(
      { length: edits },
      (_, index) => [resembling(term, index + 1), weight / (1 + (index + 1) / 4)] as const,
    ),
  ]);

const beginningWith =
  (value: string): Match =>
  (path) => ({ prefix: { [path]: { value } } });

/** Rewritten to a constant score it has no limit of terms, and counts as one clause. */
const resembling =
  (value: string, fuzziness: number): Match =>
  (path) => ({ fuzzy: { [path]: { value, fuzziness, transpositions: true, rewrite: 'constant_score' } } });
