import { AppShell, Avatar, Box, Burger, Group, Kbd, Menu, NavLink, ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSearch, IconSelector, IconSun } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link, Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../../i18n.ts';
import { screensFor } from '../../screens.ts';
import { sessionQuery, signOut, useSession } from '../../session.ts';
import { Brand } from '../../shared/brand.tsx';
import { useKeys } from '../../shared/keys.ts';
import { useToggleScheme } from '../../shared/preferences.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { KeyHelp } from './key-help.tsx';

const Palette = lazy(() => import('./palette.tsx'));

/** Loads the palette with the first use; from then on it listens itself. */
const usePalette = () => {
  const [opening, setOpening] = useState(0);
  const open = (): void => setOpening((count) => count + 1);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return { opening, open };
};

const Shell = (): ReactNode => {
  const { t } = useTranslation();
  const [isMenuOpen, menu] = useDisclosure();
  const [isHelpOpen, help] = useDisclosure();
  const palette = usePalette();
  const router = useRouter();
  const { pathname } = useLocation();
  const { permissions } = useSession();
  const screens = screensFor(permissions);
  useKeys({
    '?': help.open,
    ...Object.fromEntries(screens.map(({ key, to }) => [`g ${key}`, () => void router.navigate({ to })])),
  });

  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
      styles={{ navbar: { background: 'var(--shop-surface)', borderColor: 'var(--shop-line)' }, header: { background: 'var(--shop-surface)', borderColor: 'var(--shop-line)' } }}
    >
      <a href="#content" className="skip">
        {t('skip')}
      </a>
      <AppShell.Header hiddenFrom="sm" px="sm">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={isMenuOpen} onClick={menu.toggle} size="sm" aria-label={isMenuOpen ? t('menu.close') : t('menu.open')} />
            <Brand />
          </Group>
          <UnstyledButton p={8} onClick={palette.open} aria-label={t('palette.open')}>
            <IconSearch size={20} />
          </UnstyledButton>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('menu.name')}>
        <AppShell.Section visibleFrom="sm" px={6} pt={4} pb="md">
          <Brand />
        </AppShell.Section>
        <AppShell.Section visibleFrom="sm" pb="sm">
          <UnstyledButton onClick={palette.open} w="100%" px="sm" py={7} className="surface" aria-keyshortcuts="Control+K">
            <Group justify="space-between" wrap="nowrap">
              <Group gap={8} wrap="nowrap" c="dimmed">
                <IconSearch size={16} aria-hidden />
                <Text size="sm">{t('palette.open')}</Text>
              </Group>
              <Kbd size="xs">Ctrl K</Kbd>
            </Group>
          </UnstyledButton>
        </AppShell.Section>
        <AppShell.Section grow component={ScrollArea}>
          <Stack gap={2}>
            {screens.map(({ to, name, Icon }) => (
              <NavLink
                key={to}
                component={Link}
                to={to}
                label={t(`menu.${name}`)}
                leftSection={<Icon size={18} aria-hidden />}
                active={pathname.startsWith(to)}
                {...(pathname.startsWith(to) ? { 'aria-current': 'page' as const } : {})}
                onClick={menu.close}
                style={{ borderRadius: 'var(--mantine-radius-md)' }}
              />
            ))}
          </Stack>
        </AppShell.Section>
        <AppShell.Section>
          <UserMenu onHelp={help.open} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <KeyHelp opened={isHelpOpen} onClose={help.close} />
      {palette.opening > 0 && (
        <Suspense>
          <Palette opening={palette.opening} onHelp={help.open} />
        </Suspense>
      )}
    </AppShell>
  );
};

const UserMenu = ({ onHelp }: { readonly onHelp: () => void }): ReactNode => {
  const { t, i18n } = useTranslation();
  const router = useRouter();
  const queries = useQueryClient();
  const { user, roles } = useSession();
  const { isDark, toggle } = useToggleScheme();
  const name = `${user.first_name} ${user.last_name}`.trim() || user.email;

  const leave = async (): Promise<void> => {
    try {
      await signOut();
    } catch (error) {
      notifications.show({ color: 'red', message: problemText(error, t) });
      return;
    }
    await router.navigate({ to: '/sign-in' });
    queries.clear();
    queries.setQueryData(sessionQuery.queryKey, null);
  };

  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <UnstyledButton w="100%" p={6} aria-label={t('menu.account', { name })}>
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
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={isDark ? <IconSun size={16} /> : <IconMoon size={16} />} onClick={toggle}>
          {isDark ? t('scheme.light') : t('scheme.dark')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLanguage size={16} />} onClick={() => void chooseLanguage(i18n.language === 'de' ? 'en' : 'de')}>
          {i18n.language === 'de' ? 'English' : 'Deutsch'}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onHelp}>
          {t('keys.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

export const Route = createLazyRoute('/shell')({ component: Shell });
