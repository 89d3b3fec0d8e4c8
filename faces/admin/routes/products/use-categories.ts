import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api.ts';
import { categoriesQuery } from './products-query.ts';

/** All categories of the tree, each with its path. */
export const useCategories = (): readonly { readonly value: string; readonly label: string }[] => {
  const { data } = useQuery(categoriesQuery);
  const flat = (
    nodes: readonly Schemas['CategoryNode'][],
    above: string,
  ): readonly { value: string; label: string }[] =>
    nodes.flatMap(({ category_id: value, name, children }) => [
      { value, label: above + name },
      ...flat(children, `${above}${name} › `),
    ]);
  return (data?.items ?? []).flatMap(({ category_id: value, name, children = [] }) => [
    ...(value === undefined ? [] : [{ value, label: name }]),
    ...flat(children, `${name} › `),
  ]);
};
