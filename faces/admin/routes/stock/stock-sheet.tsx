import { ActionIcon, Box, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconBoxOff } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { parseNumber } from '../../shared/sheet/numbers.ts';
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
import { Sheet } from '../../shared/sheet/sheet.tsx';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { Blank, Failure, RowsSkeleton } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Conflicts } from './conflicts.tsx';
import { SaveBar } from './save-bar.tsx';
import { stockQuery } from './stock-api.ts';
import {
  basesOf,
  conflictsIn,
  currentIn,
  faultOf,
  storedIn,
  textOf,
  type Bases,
  type Conflict,
  type StockOutcome,
} from './stock-cells.ts';
import { useStockColumns } from './stock-columns.tsx';
import type { StockView } from './view.ts';

/** Rows that are loaded without being asked for. */
const MANY = 2_000;
const ROW_PX = 48;

/** Items page by page, as they come. */
const useStock = (view: StockView) => {
  const query = useInfiniteQuery({ ...stockQuery(view), placeholderData: keepPreviousData });
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const [most, setMost] = useState(MANY);
  const isFull = (items?.length ?? 0) >= most;
  useEffect(() => {
    if (hasNextPage && !isFull && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFull, isFetching, isFetchNextPageError, fetchNextPage]);
  const showMore = hasNextPage && isFull ? () => setMost(most + MANY) : undefined;
  return { query, items, showMore };
};

/** Why the shop did not take the text of a cell. */
interface Refused {
  readonly text: string;
  readonly why: string;
  /** The same text may be taken the next time. */
  readonly isPassing: boolean;
}

interface StockSheetProps {
  readonly view: StockView;
  readonly openHistory: (variantId: string) => void;
  readonly clearFilters: () => void;
}

/** Changes stay, whatever the filters show meanwhile, until they are saved or discarded. */
export const StockSheet = ({ view, openHistory, clearFilters }: StockSheetProps): ReactNode => {
  const { t } = useTranslation();
  const { locale, number } = useFormat();
  const { query, items, showMore } = useStock(view);
  const bySku = useMemo(() => new Map(items?.map((item) => [item.sku, item])), [items]);
  const open = useRef(openHistory);
  useEffect(() => {
    open.current = openHistory;
  });
  const columns = useStockColumns(
    bySku,
    useCallback((variantId) => open.current(variantId), []),
  );
  const grid = useMemo(
    (): Grid => ({
      rows: [...bySku.keys()],
      columns,
      textOf: (row, column) => {
        const item = bySku.get(row);
        return item ? textOf(item, column) : '';
      },
    }),
    [bySku, columns],
  );
  const [state, dispatch] = useReducer(
    (before: SheetState, act: SheetAct) => reduceSheet(grid, before, act),
    { ...EMPTY, cursor: { row: 0, column: 1 }, anchor: { row: 0, column: 1 } },
  );
  const { edits, cursor } = state;
  const rows = grid.rows.join('\t');
  const rowsBefore = useRef(rows);
  useEffect(() => {
    const before = rowsBefore.current;
    rowsBefore.current = rows;
    // Rows that follow at the end move nothing: what is being typed stays.
    if (!`${rows}\t`.startsWith(`${before}\t`)) dispatch({ type: 'rows changed' });
  }, [rows]);

  const [kept, setKept] = useState<Bases>(new Map());
  const bases = basesOf(kept, edits, bySku);
  if (bases !== kept) setKept(bases);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Refused>>(new Map());
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const openConflicts = conflicts.filter(
    ({ sku, column, mine }) => parseNumber(edits.get(cellKey(sku, column)) ?? '', locale) === mine,
  );
  const inConflict = new Map(openConflicts.map((one) => [cellKey(one.sku, one.column), one]));

  const errorOf = (row: string, column: string, text: string): string | undefined => {
    const key = cellKey(row, column);
    if (!edits.has(key)) return undefined;
    const conflict = inConflict.get(key);
    if (conflict)
      return t('stock.conflict.cell', { theirs: number(conflict.theirs), mine: number(conflict.mine) });
    const refusal = refusals.get(key);
    if (refusal?.text === text) return refusal.why;
    const item = bases.get(row);
    const fault = item && faultOf(item, column, text, locale);
    return fault && t(`stock.fault.${fault}`, { reserved: item.reserved_count });
  };
  const invalid = [...edits].flatMap(([key, text]) => {
    const cell = partsOf(key);
    const refusal = refusals.get(key);
    if (inConflict.has(key) || (refusal?.isPassing === true && refusal.text === text)) return [];
    return errorOf(cell.row, cell.column, text) === undefined ? [] : [cell];
  });
  const showInvalid = (): void => {
    const shown = invalid.find(({ row }) => bySku.has(row));
    if (!shown) {
      clearFilters();
      return;
    }
    const to = {
      row: grid.rows.indexOf(shown.row),
      column: columns.findIndex(({ key }) => key === shown.column),
    };
    flushSync(() => dispatch({ type: 'select', to }));
    document.querySelector<HTMLElement>('[data-cursor]')?.focus();
  };
  const whyOf = (outcome: StockOutcome): string | undefined => {
    if ('error' in outcome) return problemText(outcome.error, t);
    const { status, current } = outcome.result;
    if (status === 'refused') return t('stock.fault.reserved', { reserved: current?.reserved_count ?? 0 });
    return status === 'unknown' ? t('problem.VARIANT_NOT_FOUND') : undefined;
  };
  const onStored = (outcomes: readonly StockOutcome[]): void => {
    dispatch({ type: 'stored', cells: storedIn(outcomes) });
    setConflicts(conflictsIn(outcomes));
    setKept((before) => {
      const next = new Map(before);
      for (const item of currentIn(outcomes)) if (next.has(item.sku)) next.set(item.sku, item);
      return next;
    });
    setRefusals(
      new Map(
        outcomes.flatMap((outcome): [string, Refused][] => {
          const why = whyOf(outcome);
          const key = cellKey(outcome.change.sku, outcome.change.column);
          const isPassing = 'error' in outcome;
          return why === undefined ? [] : [[key, { text: edits.get(key) ?? '', why, isPassing }]];
        }),
      ),
    );
  };
  const sayCutOff = (count: number): void => {
    const text = t('stock.cutOff', { count });
    const message = query.hasNextPage ? `${text} ${t('stock.cutOffMore')}` : text;
    notify({ color: 'yellow', autoClose: false, message });
  };
  const current = grid.rows[cursor.row];
  const column = columns[cursor.column]?.key ?? 'sku';
  const hint =
    current === undefined ? undefined : errorOf(current, column, shownText(grid, edits, current, column));
  const isFiltered = view.q !== undefined || view.category !== undefined || view.low === true;

  return (
    <Stack gap="xs">
      {items === undefined ? (
        query.error ? (
          <Failure error={query.error} again={() => void query.refetch()} isTrying={query.isFetching} />
        ) : (
          <RowsSkeleton rows={14} />
        )
      ) : items.length === 0 ? (
        <Box className="surface">
          <Blank
            Icon={IconBoxOff}
            title={isFiltered ? t('stock.noneHere') : t('stock.none')}
            text={isFiltered ? t('stock.noneHereText') : t('stock.noneText')}
          >
            {isFiltered && (
              <Button variant="default" onClick={clearFilters}>
                {t('act.clearFilters')}
              </Button>
            )}
          </Blank>
        </Box>
      ) : (
        <>
          <Group justify="space-between" wrap="nowrap">
            <Text
              size="xs"
              c={hint === undefined ? 'dimmed' : 'var(--mantine-color-error)'}
              aria-live="polite"
              id="sheet-hint"
            >
              {hint === undefined ? t('stock.hint', { count: items.length }) : `${current ?? ''}: ${hint}`}
              {query.hasNextPage && !showMore && query.error === null && ` ${t('stock.loading')}`}
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
          {query.error !== null && (
            <Group gap="xs">
              <Text size="sm" c="var(--mantine-color-error)">
                {problemText(query.error, t)}
              </Text>
              <Button size="compact-sm" variant="default" onClick={() => void query.fetchNextPage()}>
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
            onCutOff={sayCutOff}
            height={`min(calc(100dvh - 230px), ${(items.length + 1) * ROW_PX}px)`}
            rowHeight={ROW_PX}
          />
          {showMore && (
            <Group justify="space-between" gap="xs">
              <Text size="xs" c="dimmed">
                {t('stock.many', { count: items.length })}
              </Text>
              <Button size="compact-sm" variant="default" onClick={showMore}>
                {t('act.showMore')}
              </Button>
            </Group>
          )}
        </>
      )}
      <Conflicts
        conflicts={openConflicts}
        keep={(kept) => setConflicts(openConflicts.filter((one) => !kept.includes(one)))}
        take={(taken) =>
          dispatch({ type: 'revert', cells: taken.map(({ sku, column: name }) => cellKey(sku, name)) })
        }
      />
      <SaveBar
        edits={edits}
        bases={bases}
        discard={() => dispatch({ type: 'discard' })}
        invalid={invalid.length}
        showInvalid={showInvalid}
        isBlocked={openConflicts.length > 0}
        onStored={onStored}
      />
    </Stack>
  );
};
