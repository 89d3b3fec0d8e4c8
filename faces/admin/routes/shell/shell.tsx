import { AppShell, Burger, Group, Kbd, NavLink, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { createLazyRoute, Link, Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { followShop } from '../../live.ts';
import { proofStore } from '../../proof.ts';
import { queryClient } from '../../query-client.ts';
import { screensFor } from '../../screens.ts';
import { useMay, useSession } from '../../session.ts';
import { Brand } from '../../shared/brand.tsx';
import { useKeys } from '../../shared/keys.ts';
import { notifyStore } from '../../shared/notify.ts';
import { UserButton } from './user-button.tsx';

// What few need at once comes when it is needed.
const loadPalette = () => import('./palette.tsx');
const Palette = lazy(loadPalette);
const KeyHelp = lazy(() => import('./key-help.tsx'));
const UserMenu = lazy(() => import('./user-menu.tsx'));
const Toasts = lazy(() => import('../../shared/toasts.tsx'));
const ProofDialog = lazy(() => import('../../shared/proof-dialog.tsx'));

const SETTLED_MS = 1_500;

/** Loads the palette once the page has settled, so that it takes what is typed right after its key. */
const usePalette = () => {
  const [opening, setOpening] = useState(0);
  const open = (): void => setOpening((count) => count + 1);
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), SETTLED_MS);
    return () => clearTimeout(timer);
  }, []);
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

/** Without one of these, the shop has no events to follow. */
const FOLLOWED = ['order:read', 'inventory:read', 'review:read'];

const Shell = (): ReactNode => {
  const { t } = useTranslation();
  const [isMenuOpen, menu] = useDisclosure();
  const [isHelpOpen, help] = useDisclosure();
  const [isMenuUsed, userMenu] = useDisclosure();
  const hasToasts = useSyncExternalStore(notifyStore.subscribe, notifyStore.isUsed);
  const palette = usePalette();
  const asking = useSyncExternalStore(proofStore.subscribe, proofStore.current);
  const router = useRouter();
  const { pathname } = useLocation();
  const { permissions } = useSession();
  const screens = screensFor(permissions);
  const [isSigningOut, setSigningOut] = useState(false); // the stream of events would end with the session
  const isFollowing = FOLLOWED.some(useMay()) && !isSigningOut;
  useEffect(() => (isFollowing ? followShop(queryClient) : undefined), [isFollowing]);
  useKeys({
    '?': help.open,
    ...Object.fromEntries(screens.map(({ key, to }) => [`g ${key}`, () => void router.navigate({ to })])),
  });

  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
      styles={{
        navbar: { background: 'var(--shop-surface)', borderColor: 'var(--shop-line)' },
        header: { background: 'var(--shop-surface)', borderColor: 'var(--shop-line)' },
      }}
    >
      <a href="#content" className="skip">
        {t('skip')}
      </a>
      <AppShell.Header hiddenFrom="sm" px="sm">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={isMenuOpen}
              onClick={menu.toggle}
              size="sm"
              aria-label={isMenuOpen ? t('menu.close') : t('menu.open')}
            />
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
          <UnstyledButton
            onClick={palette.open}
            w="100%"
            px="sm"
            py={7}
            className="surface"
            aria-keyshortcuts="Control+K"
          >
            <Group justify="space-between" wrap="nowrap">
              <Group gap={8} wrap="nowrap" c="dimmed">
                <IconSearch size={16} aria-hidden />
                <Text size="sm">{t('palette.open')}</Text>
              </Group>
              <Kbd size="xs">Ctrl K</Kbd>
            </Group>
          </UnstyledButton>
        </AppShell.Section>
        <AppShell.Section grow style={{ overflowY: 'auto' }}>
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
          {isMenuUsed ? (
            <Suspense fallback={<UserButton />}>
              <UserMenu onHelp={help.open} onSigningOut={setSigningOut} />
            </Suspense>
          ) : (
            <UserButton onClick={userMenu.open} />
          )}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      {isHelpOpen && (
        <Suspense>
          <KeyHelp close={help.close} />
        </Suspense>
      )}
      {hasToasts && (
        <Suspense>
          <Toasts position="bottom-right" />
        </Suspense>
      )}
      {asking && (
        <Suspense>
          <ProofDialog asking={asking} />
        </Suspense>
      )}
      {palette.opening > 0 && (
        <Suspense>
          <Palette opening={palette.opening} onHelp={help.open} />
        </Suspense>
      )}
    </AppShell>
  );
};

export const Route = createLazyRoute('/shell')({ component: Shell });
