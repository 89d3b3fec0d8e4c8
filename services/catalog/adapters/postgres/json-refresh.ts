import type { Sql } from '#adapters/postgres/sql.ts';
import { vectorOf } from '#adapters/postgres/words.ts';
import { fromDocument, type ProductDocument } from '../../core/domain/product-document.ts';
import { wordsOfProduct } from '../../core/domain/terms.ts';
import type { ProductJson } from '../../core/ports/product-queries.ts';
import { formatOf } from './product-repository.postgres.ts';
import { listByTags } from './product-lists.ts';

const BATCH = 200;
/** No product has this id, and all others are larger. */
const FIRST = '00000000-0000-0000-0000-000000000000';

interface Row {
  readonly product_id: string;
  /** Null if the stored JSON is current. */
  readonly document: ProductDocument | null;
}

/**
 * Stores the JSON, the words and the lists of products whose JSON is of another format or version: those that an earlier release saved.
 * @param batch number of products in one statement: few enough not to block others
 */
export const makeJsonRefresh =
  (sql: Pick<Sql, 'query'>, productJson: ProductJson, batch = BATCH) =>
  async (): Promise<void> => {
    const format = formatOf(productJson);
    for (let after: string | undefined = FIRST; after !== undefined;) {
      const rows: readonly Row[] = await sql.query<Row>(NEXT, [format, after, batch]);
      const stale = rows.flatMap(({ document }) => (document ? [fromDocument(document)] : []));
      if (stale.length > 0) {
        await sql.query(LIST, [stale.map(({ productId }) => productId)]);
        await sql.query(REFRESH, [
          format,
          stale.map(({ productId }) => productId),
          stale.map(({ version }) => version),
          stale.map(productJson.summary),
          stale.map(productJson.detail),
          stale.map(({ updatedAt }) => updatedAt),
          stale.map((product) => vectorOf(wordsOfProduct(product))),
        ]);
      }
      after = rows.length < batch ? undefined : rows.at(-1)?.product_id;
    }
  };

const NEXT = `
  select product_id, case when json_source = $1 || version then null else document end as document
  from catalog.products where product_id > $2 order by product_id limit $3`;

const LIST = listByTags('product_id = any($1::uuid[])');

/** A product that was changed meanwhile has its JSON from that change. */
const REFRESH = `
  update catalog.products as p set summary_json = made.summary, detail_json = made.detail, json_source = $1 || p.version,
    updated_at = made.updated_at, terms = made.terms
  from unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::timestamptz[], $7::tsvector[])
    as made (product_id, version, summary, detail, updated_at, terms)
  where p.product_id = made.product_id and p.version = made.version`;
