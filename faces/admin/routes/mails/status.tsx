import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mail } from './mails-query.ts';

const COLORS: Readonly<Record<Mail['status'], string>> = { pending: 'gray', sent: 'teal', failed: 'red' };

export const MailStatus = ({ status }: { readonly status: Mail['status'] }): ReactNode => {
  const { t } = useTranslation();
  return <Badge color={COLORS[status]}>{t(`mails.status.${status}`)}</Badge>;
};
