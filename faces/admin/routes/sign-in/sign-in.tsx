import { Box, Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery, signIn, type Proof } from '../../session.ts';
import { Brand } from '../../shared/brand.tsx';
import { LanguageButton, SchemeButton } from '../../shared/preferences.tsx';
import { ProofForm } from '../../shared/proof-form.tsx';
import { providerQuery, signInAtProvider } from '../../shared/provider.ts';

const SignIn = (): ReactNode => {
  const { t } = useTranslation();
  const router = useRouter();
  const queries = useQueryClient();
  const { to = '/', notice } = Route.useSearch();
  const { data: provider } = useQuery(providerQuery);
  useDocumentTitle(`${t('signIn.title')} · ${t('brand')}`);

  const prove = async (proof: Proof): Promise<void> => {
    const session = await signIn(proof);
    queries.clear(); // data of the previous user
    queries.setQueryData(sessionQuery.queryKey, session);
    await router.navigate({ href: `/admin${to}`, replace: true });
  };

  return (
    <Center mih="100dvh" p="md" component="main">
      <Box w="100%" maw={380}>
        <Paper className="surface" p={{ base: 'lg', xs: 'xl' }} shadow="sm">
          <Stack gap="lg">
            <Stack gap="xs">
              <Brand />
              <Title order={1}>{t('signIn.title')}</Title>
              <Text size="sm" c="dimmed">
                {to === '/' ? t('signIn.lead') : t('signIn.leadBack')}
              </Text>
            </Stack>
            {notice !== undefined && (
              <Text c="red" role="alert">
                {t('signIn.failed')}
              </Text>
            )}
            {typeof provider === 'string' && (
              <Button variant="default" onClick={() => signInAtProvider(provider, `/admin${to}`)}>
                {t('signIn.atProvider')}
              </Button>
            )}
            <ProofForm submitLabel={t('signIn.submit')} prove={prove} proveAlone={prove} />
          </Stack>
        </Paper>
        <Group justify="center" mt="md" gap="xs">
          <LanguageButton />
          <SchemeButton />
        </Group>
      </Box>
    </Center>
  );
};

export const Route = createLazyRoute('/sign-in')({ component: SignIn });
