import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../../shared/modal.tsx';
import { actOn, type Act, type Outcome } from './acts.ts';
import type { Summary } from './orders-query.ts';
import { ReasonForm } from './reason-form.tsx';

interface BulkDialogProps {
  readonly kind: 'cancel' | 'hold';
  readonly orders: readonly Summary[];
  readonly close: () => void;
  readonly done: (act: Act, outcome: Outcome) => void;
}

/** Asks why many orders are to be cancelled or held. */
const BulkDialog = ({ kind, orders, close, done }: BulkDialogProps): ReactNode => {
  const { t } = useTranslation();
  const title = t(`orders.bulk.${kind}Title`, { count: orders.length });
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('act.close') }}>
      <ReasonForm
        text={t(`orders.bulk.${kind}Text`)}
        submitLabel={title}
        {...(kind === 'cancel' ? { color: 'red' } : {})}
        close={close}
        done={(acted: { act: Act; outcome: Outcome }) => done(acted.act, acted.outcome)}
        send={async (reason) => {
          const act: Act = kind === 'hold' ? { act: kind, reason } : { act: kind };
          return { act, outcome: await actOn(orders, act, reason) };
        }}
      />
    </Modal>
  );
};

export default BulkDialog;
