import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCopy, IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { Panel } from '../../shared/page.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { actionOf } from './actions.ts';

type Order = Schemas['Order'];

interface AddressesProps {
  readonly order: Order;
  /** Opens the dialog that corrects the shipping address. */
  readonly change: () => void;
}

export const Addresses = ({ order, change }: AddressesProps): ReactNode => {
  const { t } = useTranslation();
  const { country } = useFormat();
  const { shipping_address: to, billing_address: billing, requested_address: requested } = order;
  const isSame = JSON.stringify(to) === JSON.stringify(billing);
  const lines = (address: Order['shipping_address']): readonly string[] =>
    [
      address.recipient,
      address.line1,
      address.line2,
      `${address.postal_code} ${address.city}`.trim(),
      address.region,
      country(address.country),
      address.phone,
    ].filter((line) => line !== undefined && line !== '') as string[];
  return (
    <Panel
      title={t('order.shipTo')}
      aside={
        <Group gap={4}>
          {actionOf(order, 'change_address') && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPencil size={14} />}
              onClick={change}
            >
              {t('order.address.change')}
            </Button>
          )}
          <CopyButton value={lines(to).join('\n')}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="subtle" leftSection={<IconCopy size={14} />} onClick={copy}>
                {copied ? t('act.copied') : t('act.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      }
    >
      <Lines lines={lines(to)} />
      {requested && (
        <Alert color="yellow" mt="sm" title={t('order.address.waiting')}>
          <Lines lines={lines(requested)} />
        </Alert>
      )}
      {!isSame && (
        <Stack gap={2} mt="sm">
          <Text size="xs" c="dimmed">
            {t('order.billTo')}
          </Text>
          <Lines
            lines={[order.company, ...lines(billing), order.vat_id].filter((line) => line !== undefined)}
          />
        </Stack>
      )}
    </Panel>
  );
};

const Lines = ({ lines }: { readonly lines: readonly string[] }): ReactNode => (
  <Text
    size="sm"
    component="address"
    style={{ fontStyle: 'normal', whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}
  >
    {lines.join('\n')}
  </Text>
);
