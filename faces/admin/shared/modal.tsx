import { Drawer as PlainDrawer, Modal as PlainModal, type DrawerProps, type ModalProps } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';

/**
 * Gives the focus back to what had it before, or to the page if that is gone. The library does so for dialogs that are hidden; ours are
 * removed.
 */
const useFocusBack = (): void => {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
      (isThere ? opener : document.getElementById('content'))?.focus({ preventScroll: true });
    },
    [opener],
  );
};

export const Modal = (props: ModalProps): ReactNode => {
  useFocusBack();
  return <PlainModal {...props} />;
};

export const Drawer = (props: DrawerProps): ReactNode => {
  useFocusBack();
  return <PlainDrawer {...props} />;
};
