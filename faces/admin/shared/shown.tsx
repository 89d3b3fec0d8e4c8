import { Alert, Button, Center, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isRefusal, ShopUnreachable } from '../api.ts';
import { problemText } from './problem-text.ts';

interface ShownProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly skeleton: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** What a query has: its data, else why there is none. Data that can no longer be refreshed stays, and is said to be old. */
export const Shown = <Data,>({ query, skeleton, children }: ShownProps<Data>): ReactNode => {
  const { t } = useTranslation();
  const { data, error, isFetching } = query;
  const again = (): void => void query.refetch();
  if (data === undefined) {
    if (error === null) return <div aria-busy="true">{skeleton}</div>;
    return <Failure error={error} again={again} isTrying={isFetching} />;
  }
  return (
    <>
      {error !== null && (
        <Alert color="yellow" icon={<IconCloudOff size={18} />} mb="md" role="status">
          <Group justify="space-between" gap="xs">
            {t('state.old', { why: problemText(error, t) })}
            <Button size="compact-sm" variant="default" onClick={again} loading={isFetching}>
              {t('act.tryAgain')}
            </Button>
          </Group>
        </Alert>
      )}
      {children(data)}
    </>
  );
};

interface FailureProps {
  readonly error: unknown;
  readonly again: () => void;
  readonly isTrying?: boolean;
}

export const Failure = ({ error, again, isTrying = false }: FailureProps): ReactNode => {
  const { t } = useTranslation();
  const isOffline = error instanceof ShopUnreachable;
  const isMissing = isRefusal(error) && error.status === 404;
  return (
    <Blank
      Icon={isOffline ? IconCloudOff : IconAlertTriangle}
      title={isOffline ? t('state.offline') : isMissing ? t('state.missing') : t('state.failed')}
      text={problemText(error, t)}
    >
      <Button variant="default" onClick={again} loading={isTrying}>
        {t('act.tryAgain')}
      </Button>
    </Blank>
  );
};

interface BlankProps {
  readonly Icon: ComponentType<{ size?: number }>;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

/** In place of content: nothing is there, or it could not be loaded. */
export const Blank = ({ Icon, title, text, children }: BlankProps): ReactNode => (
  <Center py={64} px="md">
    <Stack align="center" gap="xs" maw={420} role="status">
      <ThemeIcon size={48} radius="xl" variant="light" color="gray" aria-hidden>
        <Icon size={24} />
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" ta="center" size="sm">
        {text}
      </Text>
      {children}
    </Stack>
  </Center>
);

export const RowsSkeleton = ({ rows = 8 }: { readonly rows?: number }): ReactNode => (
  <Stack gap={0} className="surface" p="md">
    {Array.from({ length: rows }, (_, row) => (
      <Skeleton key={row} height={20} my={11} width={`${92 - ((row * 7) % 23)}%`} />
    ))}
  </Stack>
);

export const CardsSkeleton = (): ReactNode => (
  <Stack gap="md">
    <Skeleton height={32} width="40%" />
    <Skeleton height={120} radius="md" />
    <Skeleton height={240} radius="md" />
  </Stack>
);
