import {
  Spotlight,
  spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import {
  IconBox,
  IconKeyboard,
  IconMoon,
  IconReceipt,
  IconSearch,
  IconSun,
  IconTag,
  IconUser,
} from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { screensFor } from '../../screens.ts';
import { useMay, useSession } from '../../session.ts';
import { fullName } from '../users/full-name.ts';
import { foundQuery, isPartial } from './found-query.ts';
import { useToggleScheme } from '../../shared/preferences.tsx';
import { useFormat } from '../../shared/use-format.ts';

/** Without one of these, there is nothing to search. */
const SEARCHABLE = ['order:read', 'catalog:read', 'user:read', 'inventory:read'];
const TYPING_MS = 150;

const takeFirst = (): void => document.querySelector<HTMLElement>('[role=dialog] [data-action]')?.click();

interface PaletteProps {
  /** Counts how often it was asked for. */
  readonly opening: number;
  readonly onHelp: () => void;
}

/** Pages and actions by name, and what the API finds: orders by number, name, e-mail or SKU, products by words or SKU, customers by name or e-mail, and SKUs. */
const Palette = ({ opening, onHelp }: PaletteProps): ReactNode => {
  const { t } = useTranslation();
  const { money, ago } = useFormat();
  const router = useRouter();
  const may = useMay();
  const { permissions } = useSession();
  const { isDark, toggle } = useToggleScheme();
  const [text, setText] = useState('');
  const [words] = useDebouncedValue(text.trim(), TYPING_MS);
  /** Enter came before what was searched for. */
  const [isAwaited, setAwaited] = useState(false);
  useEffect(() => {
    spotlight.open();
  }, [opening]);

  const isSearch = words.length > 1;
  const search = useQuery({ ...foundQuery(words), enabled: isSearch && SEARCHABLE.some(may) });
  const late = isSearch ? (search.data?.missing ?? []) : [];
  const isSearching = text.trim() !== words || search.isFetching || (isSearch && isPartial(search.data));

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
  const { orders = [], products = [], customers = [], skus = [] } = (isSearch && search.data?.found) || {};
  const found: readonly SpotlightActionData[] = [
    ...orders.map((order) => ({
      id: order.order_id,
      label: order.number,
      description: `${order.customer.name} · ${order.customer.email} · ${money(order.total_amount, order.currency)} · ${ago(order.placed_at)}`,
      leftSection: <IconReceipt size={18} />,
      onClick: () => void router.navigate({ to: '/orders/$orderId', params: { orderId: order.order_id } }),
    })),
    ...products.map((product) => ({
      id: product.product_id,
      label: product.name,
      description: `${product.brand} · ${product.skus.join(', ')}`,
      leftSection: <IconTag size={18} />,
      onClick: () =>
        void router.navigate({ to: '/products/$productId', params: { productId: product.product_id } }),
    })),
    ...customers.map((user) => ({
      id: user.user_id,
      label: fullName(user),
      description: user.email,
      leftSection: <IconUser size={18} />,
      onClick: () =>
        void router.navigate({ to: '/customers/$customerId', params: { customerId: user.user_id } }),
    })),
    ...skus.map(({ variant_id: id, sku, name = '', available }) => ({
      id,
      label: sku,
      description: `${name} · ${t('palette.available', { count: available })}`,
      leftSection: <IconBox size={18} />,
      onClick: () => void router.navigate({ to: '/stock', search: { q: sku } }),
    })),
    ...(late.length > 0
      ? [
          {
            id: 'late',
            label: t('palette.late', { kinds: late.map((kind) => t(`palette.kind.${kind}`)).join(', ') }),
            disabled: true,
          },
        ]
      : []),
  ];
  const groups = [
    { group: t('palette.found'), actions: [...found] },
    { group: t('palette.pages'), actions: pages.filter(({ label = '' }) => matches(label)) },
    { group: t('palette.acts'), actions: acts.filter(({ label = '' }) => matches(label)) },
  ].filter(({ actions }) => actions.length > 0) satisfies SpotlightActionGroupData[];

  /** Enter takes the first, unless another one was selected by the arrow keys; before the answer is there, once it is. */
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent<HTMLInputElement>): void => {
    setAwaited(false);
    if (key !== 'Enter' || currentTarget.closest('[role=dialog]')?.querySelector('[data-selected]')) return;
    if (isSearching && text.trim().length > 1) setAwaited(true);
    else takeFirst();
  };
  useEffect(() => {
    if (!isAwaited || isSearching) return;
    setAwaited(false);
    takeFirst();
  }, [isAwaited, isSearching]);

  return (
    <Spotlight
      actions={groups}
      query={text}
      onQueryChange={setText}
      filter={(_query, actions) => actions}
      nothingFound={isSearching ? t('palette.searching') : t('palette.nothing')}
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ backgroundOpacity: 0.5, blur: 0 }}
      styles={{ content: { background: 'var(--shop-surface)', border: '1px solid var(--shop-line)' } }}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        onKeyDown,
        placeholder: t('palette.hint'),
        'aria-label': t('palette.hint'),
      }}
    />
  );
};

export default Palette;
