import { Modal, Skeleton } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import type { Acts, Case } from './acts.ts';
import { CancelForm, CaseForm } from './reason-form.tsx';

const RefundForm = lazy(() => import('./refund-form.tsx'));

export type Dialog = { readonly kind: 'refund' | 'cancel' } | { readonly kind: 'case'; readonly case: Case };

interface DialogsProps {
  readonly dialog: Dialog;
  readonly order: Schemas['Order'];
  readonly acts: Acts;
  readonly close: () => void;
}

/** What staff do with an order, each in its dialog. */
const Dialogs = ({ dialog, order, acts, close }: DialogsProps): ReactNode => {
  const { t } = useTranslation();
  const titles = { refund: t('refund.title'), cancel: t('cancel.title'), case: t('case.title') };
  return (
    <Modal
      opened
      onClose={close}
      title={titles[dialog.kind]}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      {dialog.kind === 'refund' && (
        <Suspense fallback={<Skeleton height={320} />}>
          <RefundForm order={order} refundable={acts.refundable} close={close} />
        </Suspense>
      )}
      {dialog.kind === 'cancel' && <CancelForm order={order} close={close} />}
      {dialog.kind === 'case' && (
        <CaseForm order={order} case={dialog.case} refundable={acts.refundable} close={close} />
      )}
    </Modal>
  );
};

export default Dialogs;
