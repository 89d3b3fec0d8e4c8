import type { Schemas } from '../../api.ts';

export const fullName = ({
  first_name: first,
  last_name: last,
}: Pick<Schemas['Profile'], 'first_name' | 'last_name'>): string => `${first} ${last}`.trim();
