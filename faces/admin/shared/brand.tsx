import { Group, Text, ThemeIcon } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export const Brand = (): ReactNode => {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap">
      <ThemeIcon radius="md" size={32} aria-hidden>
        <IconBuildingStore size={20} />
      </ThemeIcon>
      <Text fw={700} style={{ whiteSpace: 'nowrap' }}>
        {t('brand')}
      </Text>
    </Group>
  );
};
