import { Avatar, Box, Group, Text, UnstyledButton } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session.ts';

export const UserButton = (props: ComponentProps<'button'>): ReactNode => {
  const { t } = useTranslation();
  const { user, roles } = useSession();
  const name = `${user.first_name} ${user.last_name}`.trim() || user.email;
  return (
    <UnstyledButton w="100%" p={6} aria-haspopup="menu" {...props}>
      <span className="visually-hidden">{t('menu.account')} </span>
      <Group gap="xs" wrap="nowrap">
        <Avatar size={32} color="indigo" variant="filled" name={name} aria-hidden />
        <Box flex={1} miw={0}>
          <Text size="sm" fw={500} truncate>
            {name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {roles.map((role) => t(`role.${role}` as 'role.admin', { defaultValue: role })).join(', ')}
          </Text>
        </Box>
        <IconSelector size={16} aria-hidden />
      </Group>
    </UnstyledButton>
  );
};
