import type { NotificationData } from '@mantine/notifications';
import i18next from 'i18next';

let isUsed = false;
const listeners = new Set<() => void>();

/** For `useSyncExternalStore`: whether there is anything to show, for which the code is loaded then. */
export const notifyStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isUsed: (): boolean => isUsed,
};

/** Says something in the corner of the page. */
export const notify = (data: NotificationData): void => {
  isUsed = true;
  for (const listener of listeners) listener();
  const closeButtonProps = { 'aria-label': i18next.t('act.close') };
  void import('./toasts.tsx').then(({ notifications }) => notifications.show({ closeButtonProps, ...data }));
};
