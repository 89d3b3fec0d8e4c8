import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languageName, LANGUAGES } from '../i18n.ts';

/** Changes to the next language, which it names in its own words. */
export const LanguageButton = (): ReactNode => {
  const { i18n } = useTranslation();
  const next = LANGUAGES[LANGUAGES.indexOf(i18n.language) + 1] ?? 'en';
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      lang={next}
      leftSection={<IconLanguage size={16} />}
      onClick={() => void chooseLanguage(next)}
    >
      {languageName(next)}
    </Button>
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
    <ActionIcon
      variant="subtle"
      color="gray"
      onClick={toggle}
      aria-label={isDark ? t('scheme.light') : t('scheme.dark')}
    >
      {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
};
