import { ActionIcon, Badge, Box, Group, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import type { SheetColumn } from '../../shared/sheet/sheet.tsx';
import { Picture } from '../products/picture.tsx';
import { COLUMNS, editableIn, type ColumnKey, type StockItem } from './stock-cells.ts';

const WIDTHS: Readonly<Record<ColumnKey, string>> = {
  // Not as wide as its texts: rows are grids of their own.
  sku: 'clamp(150px, 30vw, 380px)',
  count: 'minmax(92px, 1fr)',
  reserved: 'minmax(92px, 1fr)',
  available: 'minmax(92px, 1fr)',
  threshold: 'minmax(104px, 1fr)',
  status: 'minmax(110px, 1fr)',
  history: '84px',
};

const STATUS_COLORS = { in_stock: 'teal', low: 'orange', sold_out: 'red' } as const;

/** Of a row: picture, name, SKU and attributes. */
const Item = ({ item, isLinked }: { readonly item: StockItem; readonly isLinked: boolean }): ReactNode => {
  const name = item.name ?? item.sku;
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <Box visibleFrom="sm">
        <Picture url={item.image} size={32} />
      </Box>
      <Stack gap={0} miw={0}>
        <Text size="sm" truncate>
          {isLinked ? (
            <Link to="/products/$productId" params={{ productId: item.product_id }} tabIndex={-1}>
              {name}
            </Link>
          ) : (
            name
          )}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          <span className="mono">{item.sku}</span>
          {Object.values(item.attributes ?? {}).map((value) => ` · ${value}`)}
        </Text>
      </Stack>
    </Group>
  );
};

export const useStockColumns = (
  bySku: ReadonlyMap<string, StockItem>,
  openHistory: (variantId: string) => void,
): readonly SheetColumn[] => {
  const { t } = useTranslation();
  const may = useMay();
  const [isWriter, isLinked] = [may('inventory:write'), may('catalog:read')];
  return useMemo(() => {
    const ofItem =
      (show: (item: StockItem) => ReactNode) =>
      (row: string): ReactNode => {
        const item = bySku.get(row);
        return item && show(item);
      };
    const shown: Partial<Record<ColumnKey, Partial<SheetColumn>>> = {
      sku: { render: ofItem((item) => <Item item={item} isLinked={isLinked} />) },
      status: {
        render: ofItem(({ status, withdrawn }) => (
          <Badge color={withdrawn ? 'gray' : STATUS_COLORS[status]}>
            {withdrawn ? t('stock.withdrawn') : t(`stock.status.${status}`)}
          </Badge>
        )),
      },
      history: {
        render: ofItem(({ sku, variant_id: variantId }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={-1}
            aria-label={t('stock.historyOf', { sku })}
            onClick={() => openHistory(variantId)}
          >
            <IconHistory size={18} />
          </ActionIcon>
        )),
      },
    };
    return COLUMNS.map((key) => ({
      key,
      header: t(`stock.column.${key}`),
      isEditable: isWriter && editableIn(key) !== undefined,
      width: WIDTHS[key],
      ...(shown[key] ?? { align: 'right' as const }),
    }));
  }, [bySku, openHistory, t, isWriter, isLinked]);
};
