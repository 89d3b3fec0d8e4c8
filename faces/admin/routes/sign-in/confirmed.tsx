import { Center, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { createLazyRoute } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tellProven } from '../../shared/provider.ts';
import '../account/texts.ts';

/** Where the provider's tab comes back to. */
const Confirmed = (): ReactNode => {
  const { t } = useTranslation();
  useDocumentTitle(`${t('signIn.confirmed')} · ${t('brand')}`);
  useEffect(() => {
    tellProven();
    globalThis.close(); // which browsers allow only if the user went through few pages
  }, []);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack gap="xs">
        <Title order={1}>{t('signIn.confirmed')}</Title>
        <Text>{t('signIn.confirmedText')}</Text>
      </Stack>
    </Center>
  );
};

export const Route = createLazyRoute('/confirmed')({ component: Confirmed });
