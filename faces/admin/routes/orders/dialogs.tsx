import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { Modal } from '../../shared/modal.tsx';
import { actionOf, resolutionOf } from './actions.ts';
import { CancelForm, CaseForm, HoldForm } from './reason-form.tsx';
import { Meanwhile } from './meanwhile.tsx';
import './texts.ts';

const AddressForm = lazy(() => import('./address-form.tsx'));
const RefundForm = lazy(() => import('./refund-form.tsx'));

type Order = Schemas['Order'];

export type Dialog = (
  | { readonly kind: 'refund' | 'cancel' | 'hold' | 'address' }
  | { readonly kind: 'case'; readonly caseId: string }
) & {
  /** The order as it was when the dialog was opened. */
  readonly opened: Order;
};

interface DialogsProps {
  readonly dialog: Dialog;
  /** As it is now. */
  readonly order: Order;
  readonly close: () => void;
}

/** What staff do with an order, each in its dialog. */
const Dialogs = ({ dialog, order, close }: DialogsProps): ReactNode => {
  const { t } = useTranslation();
  const titles = {
    refund: t('refund.title'),
    cancel: t('cancel.title'),
    hold: t('parcel.hold'),
    address: t('order.address.change'),
    case: t('case.title'),
  };
  return (
    <Modal
      opened
      onClose={close}
      title={`${titles[dialog.kind]} · ${order.number}`}
      size={dialog.kind === 'refund' ? 'lg' : 'md'}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <Stack gap="md">
        <Meanwhile before={dialog.opened} now={order} />
        <Form dialog={dialog} order={order} close={close} />
      </Stack>
    </Modal>
  );
};

/** The form, while the order allows what it is for. */
const Form = ({ dialog, order, close }: DialogsProps): ReactNode => {
  if (dialog.kind === 'refund') {
    const action = actionOf(order, 'refund');
    if (action)
      return (
        <Suspense fallback={<Skeleton height={320} />}>
          <RefundForm order={order} action={action} close={close} />
        </Suspense>
      );
  }
  if (dialog.kind === 'cancel' && actionOf(order, 'cancel'))
    return <CancelForm order={order} close={close} />;
  if (dialog.kind === 'hold' && actionOf(order, 'hold')) return <HoldForm order={order} close={close} />;
  if (dialog.kind === 'address' && actionOf(order, 'change_address'))
    return (
      <Suspense fallback={<Skeleton height={420} />}>
        <AddressForm opened={dialog.opened} close={close} />
      </Suspense>
    );
  if (dialog.kind === 'case') {
    const action = resolutionOf(order, dialog.caseId);
    if (action) return <CaseForm order={order} action={action} close={close} />;
  }
  return <TooLate close={close} />;
};

const TooLate = ({ close }: { readonly close: () => void }): ReactNode => {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">{t('meanwhile.tooLate')}</Text>
      <Group justify="flex-end">
        <Button onClick={close}>{t('act.close')}</Button>
      </Group>
    </>
  );
};

export default Dialogs;
