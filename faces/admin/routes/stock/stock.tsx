import {
  ActionIcon,
  Anchor,
  Badge,
  Box,
  Button,
  Group,
  Progress,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconBoxOff, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useReducer, useRef, useState, type SubmitEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { LeaveGuard } from '../../shared/form/leave-guard.tsx';
import { useSaveKey } from '../../shared/form/use-save-key.ts';
import { Page } from '../../shared/page.tsx';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import {
  cellKey,
  EMPTY,
  partsOf,
  reduceSheet,
  shownText,
  type Grid,
  type SheetAct,
  type SheetState,
} from '../../shared/sheet/sheet-state.ts';
import { Sheet, type SheetColumn } from '../../shared/sheet/sheet.tsx';
import { Blank, Failure, RowsSkeleton } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { stockQuery, storeStock, type StockItem } from './stock-api.ts';
import { changesOf, COLUMNS, faultOf, textOf, type ColumnKey } from './stock-cells.ts';
import { textIn } from '../../shared/form/text-in.ts';

const EDITABLE: readonly string[] = ['count', 'threshold'];
const WIDTHS: Readonly<Record<ColumnKey, string>> = {
  sku: 'minmax(150px, 1.6fr)',
  count: 'minmax(92px, 1fr)',
  reserved: 'minmax(92px, 1fr)',
  available: 'minmax(92px, 1fr)',
  threshold: 'minmax(104px, 1fr)',
  status: 'minmax(110px, 1fr)',
};

const STATUS_COLORS = { in_stock: 'teal', low: 'orange', sold_out: 'red' } as const;

/** All items, page by page, as they come. */
const useStock = (isLow: boolean) => {
  const query = useInfiniteQuery(stockQuery(isLow));
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return { query, items };
};

const Stock = (): ReactNode => {
  const { t } = useTranslation();
  const { low = false, q = '' } = Route.useSearch();
  const navigate = useNavigate({ from: '/stock' });
  const { query, items } = useStock(low);
  const [text, setText] = useState(q);
  const search = (next: string): void => {
    setText(next);
    void navigate({
      search: (view) => ({ ...view, q: next.trim() === '' ? undefined : next }),
      replace: true,
    });
  };
  const shown = useMemo(
    () => items?.filter(({ sku }) => sku.toLowerCase().includes(q.trim().toLowerCase())),
    [items, q],
  );

  return (
    <Page
      title={t('menu.stock')}
      wide
      actions={
        <>
          <Switch
            label={t('stock.lowOnly')}
            checked={low}
            onChange={(event) =>
              void navigate({
                search: (view) => ({ ...view, low: event.currentTarget.checked || undefined }),
              })
            }
          />
          <TextInput
            type="search"
            value={text}
            onChange={(event) => search(event.currentTarget.value)}
            placeholder={t('stock.search')}
            aria-label={t('stock.search')}
            leftSection={<IconSearch size={16} />}
            w={{ base: 180, sm: 220 }}
          />
        </>
      }
    >
      {items === undefined || shown === undefined ? (
        query.error ? (
          <Failure error={query.error} again={() => void query.refetch()} isTrying={query.isFetching} />
        ) : (
          <RowsSkeleton rows={14} />
        )
      ) : (
        <StockSheet
          items={items}
          shown={shown}
          isLoading={query.hasNextPage && query.error === null}
          error={query.error}
          again={() => void query.fetchNextPage()}
        />
      )}
    </Page>
  );
};

interface StockSheetProps {
  readonly items: readonly StockItem[];
  readonly shown: readonly StockItem[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly again: () => void;
}

const StockSheet = ({ items, shown, isLoading, error, again }: StockSheetProps): ReactNode => {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const may = useMay();
  const isWriter = may('inventory:write');
  const bySku = useMemo(() => new Map(items.map((item) => [item.sku, item])), [items]);
  const grid = useMemo(
    (): Grid => ({
      rows: shown.map(({ sku }) => sku),
      columns: COLUMNS.map((key) => ({ key, isEditable: isWriter && EDITABLE.includes(key) })),
      textOf: (row, column) => {
        const item = bySku.get(row);
        return item ? textOf(item, column) : '';
      },
    }),
    [shown, bySku, isWriter],
  );
  const [state, dispatch] = useReducer(
    (before: SheetState, act: SheetAct) => reduceSheet(grid, before, act),
    {
      ...EMPTY,
      cursor: { row: 0, column: 1 },
      anchor: { row: 0, column: 1 },
    },
  );
  /** What the shop refused, until the cell is changed. */
  const [refusals, setRefusals] = useState<
    ReadonlyMap<string, { readonly text: string; readonly why: string }>
  >(new Map());
  useEffect(() => dispatch({ type: 'rows changed' }), [grid.rows]);

  const errorOf = (row: string, column: string, text: string): string | undefined => {
    const key = cellKey(row, column);
    const refusal = refusals.get(key);
    if (refusal?.text === text) return refusal.why;
    const item = bySku.get(row);
    if (!item || !state.edits.has(key)) return undefined;
    const fault = faultOf(item, column, text, locale);
    return fault && t(`stock.fault.${fault}`, { reserved: item.reserved_count });
  };

  const columns = COLUMNS.map((key): SheetColumn => {
    const base = {
      key,
      header: t(`stock.column.${key}`),
      isEditable: isWriter && EDITABLE.includes(key),
      width: WIDTHS[key],
    };
    if (key === 'sku')
      return {
        ...base,
        render: (row) =>
          may('catalog:read') ? (
            <Link
              to="/products/$productId"
              params={{ productId: bySku.get(row)?.product_id ?? '' }}
              tabIndex={-1}
              className="mono"
            >
              {row}
            </Link>
          ) : (
            <span className="mono">{row}</span>
          ),
      };
    if (key === 'status')
      return {
        ...base,
        render: (row) => {
          const item = bySku.get(row);
          return (
            item && (
              <Badge color={item.withdrawn ? 'gray' : STATUS_COLORS[item.status]}>
                {item.withdrawn ? t('stock.withdrawn') : t(`stock.status.${item.status}`)}
              </Badge>
            )
          );
        },
      };
    return { ...base, align: 'right' };
  });

  const invalid = [...state.edits].flatMap(([key, text]) => {
    const cell = partsOf(key);
    return errorOf(cell.row, cell.column, text) === undefined ? [] : [cell];
  });
  const showInvalid = (): void => {
    const [first] = invalid;
    if (!first) return;
    const to = {
      row: grid.rows.indexOf(first.row),
      column: COLUMNS.findIndex((key) => key === first.column),
    };
    if (to.row >= 0) flushSync(() => dispatch({ type: 'select', to }));
    document.querySelector<HTMLElement>('[data-cursor]')?.focus();
  };
  const current = grid.rows[state.cursor.row];
  const column = COLUMNS[state.cursor.column] ?? 'sku';
  const hint =
    current === undefined
      ? undefined
      : errorOf(current, column, shownText(grid, state.edits, current, column));

  if (shown.length === 0 && state.edits.size === 0)
    return (
      <Box className="surface">
        <Blank
          Icon={IconBoxOff}
          title={items.length === 0 ? t('stock.none') : t('stock.noneHere')}
          text={items.length === 0 ? t('stock.noneText') : t('stock.noneHereText')}
        />
      </Box>
    );
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <Text
          size="xs"
          c={hint === undefined ? 'dimmed' : 'var(--mantine-color-error)'}
          aria-live="polite"
          id="sheet-hint"
        >
          {hint === undefined ? t('stock.hint', { count: shown.length }) : `${current ?? ''}: ${hint}`}
          {isLoading && ` ${t('stock.loading')}`}
        </Text>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('keys.undo')}
            disabled={state.past.length === 0}
            onClick={() => dispatch({ type: 'undo' })}
          >
            <IconArrowBackUp size={18} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('keys.redo')}
            disabled={state.future.length === 0}
            onClick={() => dispatch({ type: 'redo' })}
          >
            <IconArrowForwardUp size={18} />
          </ActionIcon>
        </Group>
      </Group>
      {error !== null && (
        <Group gap="xs">
          <Text size="sm" c="var(--mantine-color-error)">
            {problemText(error, t)}
          </Text>
          <Button size="compact-sm" variant="default" onClick={again}>
            {t('act.tryAgain')}
          </Button>
        </Group>
      )}
      <Sheet
        label={t('menu.stock')}
        grid={grid}
        columns={columns}
        state={state}
        dispatch={dispatch}
        errorOf={errorOf}
        height="calc(100dvh - 230px)"
      />
      <SaveBar
        state={state}
        dispatch={dispatch}
        items={bySku}
        invalid={invalid.length}
        showInvalid={showInvalid}
        setRefusals={setRefusals}
      />
    </Stack>
  );
};

interface SaveBarProps {
  readonly state: SheetState;
  readonly dispatch: (act: SheetAct) => void;
  readonly items: ReadonlyMap<string, StockItem>;
  /** Cells that cannot be stored as they are. */
  readonly invalid: number;
  readonly showInvalid: () => void;
  readonly setRefusals: (
    refusals: ReadonlyMap<string, { readonly text: string; readonly why: string }>,
  ) => void;
}

const REASON_MOST = 200;

const SaveBar = ({ state, dispatch, items, invalid, showInvalid, setRefusals }: SaveBarProps): ReactNode => {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [done, setDone] = useState(0);
  const { edits } = state;
  /** A change that is sent again, because no answer came, has the key that it had. */
  const keys = useRef(new Map<string, string>());
  const keyOf = (change: string): string => {
    const key = keys.current.get(change) ?? crypto.randomUUID();
    keys.current.set(change, key);
    return key;
  };
  useSaveKey(() => form.current?.requestSubmit());

  const save = useMutation({
    mutationFn: (reason: string) => {
      setDone(0);
      return storeStock(changesOf(edits, items, locale, keyOf), reason, setDone);
    },
    onSuccess: async (outcomes) => {
      await queries.invalidateQueries({ queryKey: ['stock'] });
      dispatch({
        type: 'stored',
        cells: outcomes.flatMap(({ change, stored }) => stored.map((part) => cellKey(change.item.sku, part))),
      });
      const failed = outcomes.flatMap(({ change, failed: one }) => (one ? [{ change, ...one }] : []));
      setRefusals(
        new Map(
          failed.map(({ change, part, error }) => {
            const key = cellKey(change.item.sku, part);
            return [key, { text: edits.get(key) ?? '', why: problemText(error, t) }];
          }),
        ),
      );
      notify(
        failed.length === 0
          ? { color: 'teal', message: t('stock.saved', { count: outcomes.length }) }
          : {
              color: 'red',
              message: t('stock.savedSome', {
                count: failed.length,
                stored: outcomes.length - failed.length,
              }),
            },
      );
    },
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!save.isPending && invalid === 0 && edits.size > 0)
      save.mutate(textIn(event.currentTarget, 'reason').trim());
  };

  return (
    <>
      <LeaveGuard isUnsaved={() => edits.size > 0} />
      {edits.size > 0 && (
        <form ref={form} onSubmit={onSubmit} className="sticky-bar">
          <Group justify="space-between" gap="sm">
            <Text size="sm" fw={600} aria-live="polite">
              {t('stock.changes', { count: edits.size })}
            </Text>
            {invalid > 0 && (
              <Anchor
                component="button"
                type="button"
                size="sm"
                c="var(--mantine-color-error)"
                underline="always"
                onClick={showInvalid}
              >
                {t('stock.invalid', { count: invalid })}
              </Anchor>
            )}
            <Group gap="xs" flex={1} justify="flex-end">
              <TextInput
                name="reason"
                aria-label={t('stock.reason')}
                placeholder={t('stock.reason')}
                required
                maxLength={REASON_MOST}
                flex={1}
                maw={320}
                miw={140}
              />
              <Button
                variant="default"
                onClick={() => dispatch({ type: 'discard' })}
                disabled={save.isPending}
              >
                {t('act.discard')}
              </Button>
              <Button type="submit" loading={save.isPending} disabled={invalid > 0}>
                {t('act.save')}
              </Button>
            </Group>
          </Group>
          {save.isPending && (
            <Progress mt="xs" value={(done / Math.max(1, edits.size)) * 100} aria-label={t('stock.saving')} />
          )}
        </form>
      )}
    </>
  );
};

export const Route = createLazyRoute('/shell/stock')({ component: Stock });
