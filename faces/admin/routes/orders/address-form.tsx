import { Group, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, isRefusal, type Schemas } from '../../api.ts';
import { notify } from '../../shared/notify.ts';
import { useFormat } from '../../shared/use-format.ts';
import { ReasonForm } from './reason-form.tsx';

type Order = Schemas['Order'];
type Draft = Schemas['AddressDraft'];
type Field = Exclude<keyof Draft, 'country'>;

const LENGTHS: Readonly<Record<Field, number>> = {
  recipient: 200,
  line1: 200,
  line2: 200,
  postal_code: 20,
  city: 100,
  region: 100,
  phone: 40,
};

const REQUIRED: readonly Field[] = ['recipient', 'line1', 'city'];

interface AddressFormProps {
  /** As it was when the form was opened: what the correction is based on. */
  readonly opened: Order;
  readonly close: () => void;
}

/** Corrects where an order goes. The country stays, because tax and delivery depend on it. */
const AddressForm = ({ opened, close }: AddressFormProps): ReactNode => {
  const { t } = useTranslation();
  const { country } = useFormat();
  const { order_id: orderId, version } = opened;
  const [address, setAddress] = useState<Draft>(opened.shipping_address);
  const [faults, setFaults] = useState<readonly string[]>([]);

  const send = async (reason: string) => {
    setFaults([]);
    try {
      return await api.PUT('/api/v1/orders/{order_id}/shipping-address', {
        params: {
          path: { order_id: orderId },
          header: { 'If-Match': `"${version}"`, ...auditReason(reason) },
        },
        body: { shipping_address: address },
      });
    } catch (error) {
      if (isRefusal(error, 'INVALID_ADDRESS'))
        setFaults((error.problem.errors ?? []).map(({ pointer }) => pointer.split('/').at(-1) ?? ''));
      throw error;
    }
  };
  const field = (name: Field): ReactNode => (
    <TextInput
      label={t(`order.address.${name}`)}
      autoComplete="off"
      maxLength={LENGTHS[name]}
      required={REQUIRED.includes(name)}
      value={address[name] ?? ''}
      error={faults.includes(name) && t('order.address.fault')}
      onChange={({ currentTarget: { value } }) => setAddress({ ...address, [name]: value })}
    />
  );
  return (
    <ReasonForm
      text={t('order.address.text')}
      submitLabel={t('order.address.submit')}
      close={close}
      done={(answer) =>
        notify({
          color: 'teal',
          message: t(answer.data?.requested_address ? 'order.address.requested' : 'order.address.done'),
        })
      }
      send={send}
    >
      {field('recipient')}
      {field('line1')}
      {field('line2')}
      <Group grow align="flex-start">
        {field('postal_code')}
        {field('city')}
      </Group>
      {field('region')}
      <TextInput
        label={t('order.address.country')}
        value={country(address.country)}
        readOnly
        variant="filled"
      />
      {field('phone')}
    </ReasonForm>
  );
};

export default AddressForm;
