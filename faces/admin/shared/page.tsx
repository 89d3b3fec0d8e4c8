import { Box, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface PageProps {
  readonly title: string;
  /** In the title of the window, where it differs. */
  readonly windowTitle?: string;
  readonly above?: ReactNode;
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export const Page = ({
  title,
  windowTitle = title,
  above,
  beside,
  actions,
  wide = false,
  children,
}: PageProps): ReactNode => {
  const { t } = useTranslation();
  useDocumentTitle(`${windowTitle} · ${t('brand')}`);
  return (
    <Box maw={wide ? undefined : 1120} mx="auto">
      {above}
      <Group justify="space-between" mb="md" gap="sm" wrap="wrap">
        <Group gap="sm" wrap="wrap">
          <Title order={1}>{title}</Title>
          {beside}
        </Group>
        {actions !== undefined && (
          <Group gap="xs" className="page-actions">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Box>
  );
};

interface PanelProps {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export const Panel = ({ title, aside, children }: PanelProps): ReactNode => (
  <Card
    component="section"
    className="surface"
    padding="md"
    {...(title === undefined ? {} : { 'aria-label': title })}
  >
    {title !== undefined && (
      <Group justify="space-between" mb="sm">
        <Title order={2}>{title}</Title>
        {aside}
      </Group>
    )}
    {children}
  </Card>
);

interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
}

export const Fact = ({ label, children }: FactProps): ReactNode => (
  <Stack gap={0}>
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text size="sm" component="div">
      {children}
    </Text>
  </Stack>
);
