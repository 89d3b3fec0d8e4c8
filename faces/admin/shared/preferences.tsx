import { ActionIcon, Button, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES, type Language } from '../i18n.ts';

const CHOICES = Object.entries(LANGUAGES) as readonly (readonly [Language, string])[];

export const LanguageMenu = (): ReactNode => {
  const { t, i18n } = useTranslation();
  return (
    <Menu position="top">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconLanguage size={16} />} aria-label={t('language')}>
          {CHOICES.find(([code]) => code === i18n.language)?.[1]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map(([code, name]) => (
          <Menu.Item key={code} lang={code} onClick={() => void chooseLanguage(code)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

export const useToggleScheme = (): { readonly isDark: boolean; readonly toggle: () => void } => {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  return { isDark, toggle: () => setColorScheme(isDark ? 'light' : 'dark') };
};

export const SchemeButton = (): ReactNode => {
  const { t } = useTranslation();
  const { isDark, toggle } = useToggleScheme();
  return (
    <ActionIcon variant="subtle" color="gray" onClick={toggle} aria-label={isDark ? t('scheme.light') : t('scheme.dark')}>
      {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
};
