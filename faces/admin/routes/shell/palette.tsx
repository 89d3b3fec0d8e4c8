import {
  Spotlight,
  spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import { IconKeyboard, IconMoon, IconReceipt, IconSearch, IconSun, IconTag } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, isRefusal, type Schemas } from '../../api.ts';
import { screensFor } from '../../screens.ts';
import { useMay, useSession } from '../../session.ts';
import { shortId } from '../../shared/format.ts';
import { useToggleScheme } from '../../shared/preferences.tsx';
import { useFormat } from '../../shared/use-format.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FOUND = 6;

const findOrder = async (id: string): Promise<Schemas['Order'] | null> => {
  try {
    return await dataOf(api.GET('/api/v1/orders/{order_id}', { params: { path: { order_id: id } } }));
  } catch (error) {
    if (isRefusal(error) && error.status === 404) return null;
    throw error;
  }
};

interface PaletteProps {
  /** Counts how often it was asked for. */
  readonly opening: number;
  readonly onHelp: () => void;
}

/** Pages and actions by name, and what the API finds: products by words or SKU, an order by its ID. */
const Palette = ({ opening, onHelp }: PaletteProps): ReactNode => {
  const { t } = useTranslation();
  const { money, ago } = useFormat();
  const router = useRouter();
  const may = useMay();
  const { permissions } = useSession();
  const { isDark, toggle } = useToggleScheme();
  const [text, setText] = useState('');
  const [words] = useDebouncedValue(text.trim(), 150);
  useEffect(() => {
    spotlight.open();
  }, [opening]);

  const products = useQuery({
    queryKey: ['palette', 'products', words],
    queryFn: () =>
      dataOf(api.GET('/api/v1/staff/products', { params: { query: { q: words, limit: FOUND } } })),
    enabled: words.length > 1 && !UUID.test(words) && may('catalog:read'),
  });
  const order = useQuery({
    queryKey: ['palette', 'order', words],
    queryFn: () => findOrder(words.toLowerCase()),
    enabled: UUID.test(words) && may('order:read'),
  });

  const matches = (label: string): boolean => label.toLowerCase().includes(text.trim().toLowerCase());
  const pages = screensFor(permissions).map(({ to, name, Icon }): SpotlightActionData => ({
    id: to,
    label: t(`menu.${name}`),
    leftSection: <Icon size={18} />,
    onClick: () => void router.navigate({ to }),
  }));
  const acts: readonly SpotlightActionData[] = [
    {
      id: 'scheme',
      label: isDark ? t('scheme.light') : t('scheme.dark'),
      leftSection: isDark ? <IconSun size={18} /> : <IconMoon size={18} />,
      onClick: toggle,
    },
    { id: 'keys', label: t('keys.title'), leftSection: <IconKeyboard size={18} />, onClick: onHelp },
  ];
  const found: readonly SpotlightActionData[] = [
    ...(order.data
      ? [
          {
            id: order.data.order_id,
            label: shortId(order.data.order_id),
            description: `${order.data.shipping_address.recipient} · ${money(order.data.total_amount, order.data.currency)} · ${ago(order.data.placed_at)}`,
            leftSection: <IconReceipt size={18} />,
            onClick: () =>
              void router.navigate({ to: '/orders/$orderId', params: { orderId: words.toLowerCase() } }),
          },
        ]
      : []),
    ...(words.length > 1 ? (products.data?.items ?? []) : []).map((product) => ({
      id: product.product_id,
      label: product.name,
      description: `${product.brand} · ${product.skus.join(', ')}`,
      leftSection: <IconTag size={18} />,
      onClick: () =>
        void router.navigate({ to: '/products/$productId', params: { productId: product.product_id } }),
    })),
  ];
  const groups = [
    { group: t('palette.found'), actions: [...found] },
    { group: t('palette.pages'), actions: pages.filter(({ label = '' }) => matches(label)) },
    { group: t('palette.acts'), actions: acts.filter(({ label = '' }) => matches(label)) },
  ].filter(({ actions }) => actions.length > 0) satisfies SpotlightActionGroupData[];

  /** Enter takes the first, unless another one was selected by the arrow keys. */
  const takeFirst = ({ key, currentTarget }: KeyboardEvent<HTMLInputElement>): void => {
    if (key !== 'Enter' || currentTarget.closest('[role=dialog]')?.querySelector('[data-selected]')) return;
    currentTarget.closest('[role=dialog]')?.querySelector<HTMLElement>('[data-action]')?.click();
  };

  return (
    <Spotlight
      actions={groups}
      query={text}
      onQueryChange={setText}
      filter={(_query, actions) => actions}
      nothingFound={products.isFetching || order.isFetching ? t('palette.searching') : t('palette.nothing')}
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ backgroundOpacity: 0.5, blur: 0 }}
      styles={{ content: { background: 'var(--shop-surface)', border: '1px solid var(--shop-line)' } }}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        onKeyDown: takeFirst,
        placeholder: t('palette.hint'),
        'aria-label': t('palette.hint'),
      }}
    />
  );
};

export default Palette;
