import { createHash } from 'node:crypto';
import type { Product } from '../../core/domain/product.ts';

/** The ID of the list of products with a tag, made from a hash. */
export const tagListOf = (tag: string): string => {
  const hex = createHash('sha256').update(`tag ${tag}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
};

/** The same in SQL. */
export const tagListSql = (tag: string): string =>
  `encode(substring(sha256(convert_to('tag ' || ${tag}, 'UTF8')) for 16), 'hex')::uuid`;

const SORTED_BY = ['is_visible', 'created_at', 'name', 'price_from'];
const valuesOf = (row: string): string => SORTED_BY.map((column) => `${row}.${column}`).join(', ');

/** The end of an INSERT into `product_lists`, which leaves rows alone that are as they should be. */
export const UNLESS_LISTED = `on conflict (list_id, product_id) do update
    set (${SORTED_BY.join(', ')}) = row (${valuesOf('excluded')})
    where (${valuesOf('product_lists')}) is distinct from (${valuesOf('excluded')})`;

/** SQL that puts products into the lists of their tags, from their columns. */
export const listByTags = (condition: string): string => `
  insert into catalog.product_lists (list_id, product_id, is_visible, created_at, name, price_from)
  select distinct ${tagListSql('tag')}, product_id, stage = 'published', created_at, name, price_from
  from catalog.products, unnest(tags) as tag where ${condition}
  ${UNLESS_LISTED}`;

/** IDs of the lists that a product is in: those of its categories and of its tags. */
export const listsOf = ({ categoryIds, tags }: Product): readonly string[] => [
  ...categoryIds,
  ...new Set(tags.map(tagListOf)),
];
