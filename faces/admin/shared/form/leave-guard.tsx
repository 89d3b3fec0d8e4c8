import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';

const LeaveDialog = lazy(() => import('./leave-dialog.tsx'));

interface LeaveGuardProps {
  /** Called when someone leaves. */
  readonly isUnsaved: () => boolean;
}

/** Keeps unsaved changes from getting lost by a link, by Back, or by closing the tab. Another view of the same page is no leaving. */
export const LeaveGuard = ({ isUnsaved }: LeaveGuardProps): ReactNode => {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isUnsaved() && current.pathname !== next.pathname,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  });
  return (
    blocker.status === 'blocked' && (
      <Suspense>
        <LeaveDialog leaving={blocker} />
      </Suspense>
    )
  );
};
