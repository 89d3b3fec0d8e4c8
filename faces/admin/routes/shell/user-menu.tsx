import { Menu } from '@mantine/core';
import {
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconShieldLock,
  IconSun,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../../i18n.ts';
import { signOut } from '../../session.ts';
import { notify } from '../../shared/notify.ts';
import { useToggleScheme } from '../../shared/preferences.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { UserButton } from './user-button.tsx';

interface Props {
  readonly onHelp: () => void;
  readonly onSigningOut: (isSigningOut: boolean) => void;
}

const UserMenu = ({ onHelp, onSigningOut }: Props): ReactNode => {
  const { t, i18n } = useTranslation();
  const { isDark, toggle } = useToggleScheme();
  const [isOpen, setOpen] = useState(false);
  // It takes the place of a button that was pressed. Opened from the start, it would not give the focus back.
  useEffect(() => setOpen(true), []);

  const leave = async (): Promise<void> => {
    let next: string | undefined;
    onSigningOut(true);
    try {
      next = await signOut();
    } catch (error) {
      onSigningOut(false);
      notify({ color: 'red', message: problemText(error, t) });
      return;
    }
    globalThis.location.assign(next ?? '/admin/sign-in'); // nothing of the session stays in memory
  };

  return (
    <Menu position="top-start" width={220} opened={isOpen} onChange={setOpen} returnFocus>
      <Menu.Target>
        <UserButton autoFocus />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={isDark ? <IconSun size={16} /> : <IconMoon size={16} />} onClick={toggle}>
          {isDark ? t('scheme.light') : t('scheme.dark')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLanguage size={16} />}
          onClick={() => void chooseLanguage(i18n.language === 'de' ? 'en' : 'de')}
        >
          {i18n.language === 'de' ? 'English' : 'Deutsch'}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onHelp}>
          {t('keys.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconShieldLock size={16} />}
          renderRoot={(props) => <Link to="/account" {...props} />}
        >
          {t('menu.security')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

export default UserMenu;
