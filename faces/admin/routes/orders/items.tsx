import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { useMay } from '../../session.ts';
import { Panel } from '../../shared/page.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { AmountLine } from './amount-line.tsx';

type Order = Schemas['Order'];

export const Items = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  const may = useMay();
  const price = (amount: number): string => money(amount, order.currency);
  return (
    <Panel title={t('order.items')}>
      <table className="table lines" aria-label={t('order.items')}>
        <thead>
          <tr>
            <Th>{t('order.item')}</Th>
            <Th ta="right" visibleFrom="xs">
              {t('order.price')}
            </Th>
            <Th ta="right" pl="sm">
              {t('order.quantity')}
            </Th>
            <Th ta="right" pl="sm">
              {t('order.sum')}
            </Th>
          </tr>
        </thead>
        <tbody>
          {order.items.map((item) => (
            <tr key={item.variant_id}>
              <Td>
                {may('catalog:read') ? (
                  <Anchor
                    size="sm"
                    c="inherit"
                    fw={500}
                    renderRoot={(props) => (
                      <Link to="/products/$productId" params={{ productId: item.product_id }} {...props} />
                    )}
                  >
                    {item.name}
                  </Anchor>
                ) : (
                  <Text size="sm" fw={500}>
                    {item.name}
                  </Text>
                )}
                <Group gap="xs">
                  <Text size="xs" c="dimmed" className="mono">
                    {item.sku}
                  </Text>
                  {(item.refunded_quantity ?? 0) > 0 && (
                    <Badge color="grape" size="sm">
                      {t('order.refundedUnits', { count: item.refunded_quantity })}
                    </Badge>
                  )}
                </Group>
              </Td>
              <Td ta="right" visibleFrom="xs">
                {price(item.price)}
              </Td>
              <Td ta="right" pl="sm">
                {item.quantity}
              </Td>
              <Td ta="right" pl="sm">
                {price(item.total)}
              </Td>
            </tr>
          ))}
        </tbody>
      </table>
      <Stack gap={4} mt="sm" ml="auto" maw={300}>
        <AmountLine label={t('order.subtotal')} value={price(order.subtotal)} />
        <AmountLine
          label={t('order.shippingCost', { service: order.shipping.service })}
          value={price(order.shipping.price)}
        />
        <AmountLine
          label={order.prices_include_tax ? t('order.taxIncluded') : t('order.tax')}
          value={price(order.tax_total)}
        />
        <AmountLine label={t('order.total')} value={price(order.total_amount)} strong />
        {order.refunded_total > 0 && (
          <AmountLine label={t('order.refunded')} value={`−${price(order.refunded_total)}`} />
        )}
      </Stack>
    </Panel>
  );
};
