import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { actOn, type Outcome } from './acts.ts';
import type { Summary } from './orders-query.ts';
import { ReasonForm } from './reason-form.tsx';

interface BulkCancelProps {
  readonly orders: readonly Summary[];
  readonly close: () => void;
  readonly done: (outcome: Outcome) => void;
}

/** Asks before many orders are cancelled. */
const BulkCancel = ({ orders, close, done }: BulkCancelProps): ReactNode => {
  const { t } = useTranslation();
  const title = t('orders.bulk.cancelTitle', { count: orders.length });
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('act.close') }}>
      <ReasonForm
        text={t('orders.bulk.cancelText')}
        submitLabel={title}
        color="red"
        close={close}
        done={done}
        send={(reason) => actOn(orders, { act: 'cancel' }, reason)}
      />
    </Modal>
  );
};

export default BulkCancel;
