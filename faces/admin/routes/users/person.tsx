import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isUuid } from '../../shared/search-params.ts';
import { fullName } from './full-name.ts';
import { userQuery } from './users-query.ts';

/** The actor of what the shop does by itself, such as filling an empty catalogue. */
const SHOP_ITSELF = '00000000-0000-7000-8000-000000000000';

/** The name of an account; its ID while it is not known, or if the account has been erased. */
export const Person = ({ userId }: { readonly userId: string }): ReactNode => {
  const { t } = useTranslation();
  const isPerson = isUuid(userId) && userId !== SHOP_ITSELF;
  const { data } = useQuery({
    ...userQuery(userId),
    enabled: isPerson,
    staleTime: Infinity,
    retry: false,
  });
  if (data) return fullName(data);
  if (userId === SHOP_ITSELF) return t('actor.system');
  return isPerson ? <span className="mono">{userId.slice(-8)}</span> : userId;
};
