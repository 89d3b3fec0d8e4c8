import { useVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useEffect,
  useRef,
  type ClipboardEvent,
  type Dispatch,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { actOf, actWhileEditing } from './sheet-keys.ts';
import {
  cellKey,
  rangeOf,
  rowsCutOff,
  selectedTexts,
  shownText,
  type Grid,
  type SheetAct,
  type SheetState,
} from './sheet-state.ts';
import classes from './sheet.module.css';
import { formatTsv, parseTsv } from './tsv.ts';

export interface SheetColumn {
  readonly key: string;
  readonly header: string;
  readonly isEditable: boolean;
  /** CSS. */
  readonly width: string;
  readonly align?: 'right';
  /** How a cell that cannot be edited is shown, instead of its text. A link or button in it is for Enter. */
  readonly render?: (row: string) => ReactNode;
}

interface SheetProps {
  readonly label: string;
  readonly grid: Grid;
  readonly columns: readonly SheetColumn[];
  readonly state: SheetState;
  readonly dispatch: Dispatch<SheetAct>;
  /** Why the text of a cell is not valid, or was refused. */
  readonly errorOf: (row: string, column: string, text: string) => string | undefined;
  /** Called when a paste is longer than the sheet, with the number of rows that are left out. */
  readonly onCutOff?: (rows: number) => void;
  readonly height: number | string;
  /** Pixels. */
  readonly rowHeight?: number;
}

const ROW_PX = 36;

const ACTIVE = '[data-cursor] :is(a, button)';

/** A spreadsheet as an ARIA grid: only the rows in sight exist, one cell is in the tab order, and it keeps the focus. */
export const Sheet = ({
  label,
  grid,
  columns,
  state,
  dispatch,
  errorOf,
  onCutOff,
  height,
  rowHeight = ROW_PX,
}: SheetProps): ReactNode => {
  const scroller = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const { cursor, draft, edits } = state;
  const range = rangeOf(state);
  const virtual = useVirtualizer({
    count: grid.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: ROW_PX,
    // The row with the cursor always exists, so that the focus is never lost.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const inSight = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      return cursor.row >= count || (cursor.row >= from && cursor.row <= to)
        ? inSight
        : [...inSight, cursor.row].sort((a, b) => a - b);
    },
  });

  const { scrollToIndex } = virtual;
  useEffect(() => {
    if (!hasFocus.current) return;
    scrollToIndex(cursor.row, { align: 'auto' });
    if (draft === undefined)
      scroller.current
        ?.querySelector<HTMLElement>('[data-cursor]')
        ?.focus({ preventScroll: cursor.column === 0 });
  }, [cursor.row, cursor.column, draft, scrollToIndex, grid]);

  const onKeyDown = (event: KeyboardEvent): void => {
    // The link or button of a cell is not in the tab order.
    const inside = event.key === 'Enter' && draft === undefined && scroller.current?.querySelector(ACTIVE);
    if (inside instanceof HTMLElement) {
      event.preventDefault();
      inside.click();
      return;
    }
    const act = draft === undefined ? actOf(event) : actWhileEditing(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    dispatch(act);
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (draft !== undefined) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', formatTsv(selectedTexts(grid, state)));
    if (event.type === 'cut') dispatch({ type: 'clear' });
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (draft !== undefined) return;
    event.preventDefault();
    const cells = parseTsv(event.clipboardData.getData('text/plain'));
    const cutOff = rowsCutOff(grid, state, cells);
    if (cutOff > 0) onCutOff?.(cutOff);
    dispatch({ type: 'paste', cells });
  };

  const template = columns.map(({ width }) => width).join(' ');
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={grid.rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable
      className={classes['sheet']}
      style={{ height }}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onCut={onCopy}
      onPaste={onPaste}
      onFocus={() => (hasFocus.current = true)}
      onBlur={(event) => (hasFocus.current = event.currentTarget.contains(event.relatedTarget))}
    >
      <div
        role="row"
        aria-rowindex={1}
        className={`${classes['row']} ${classes['head']}`}
        style={{ gridTemplateColumns: template }}
      >
        {columns.map(({ key, header, align }, index) => (
          <div
            key={key}
            role="columnheader"
            aria-colindex={index + 1}
            className={classes['cell']}
            data-align={align}
          >
            {header}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={classes['body']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = grid.rows[index] ?? '';
          return (
            <div
              key={row}
              role="row"
              aria-rowindex={index + 2}
              className={classes['row']}
              style={{
                gridTemplateColumns: template,
                height: rowHeight,
                transform: `translateY(${start}px)`,
              }}
              data-row={row}
            >
              {columns.map((column, at) => {
                const isCursor = cursor.row === index && cursor.column === at;
                const text = shownText(grid, edits, row, column.key);
                return (
                  <SheetCell
                    key={column.key}
                    id={`cell-${index}-${at}`}
                    row={row}
                    index={index}
                    at={at}
                    column={column}
                    text={text}
                    error={column.isEditable ? errorOf(row, column.key, text) : undefined}
                    isChanged={edits.has(cellKey(row, column.key))}
                    isCursor={isCursor}
                    isSelected={
                      index >= range.top && index <= range.bottom && at >= range.left && at <= range.right
                    }
                    draft={isCursor ? draft : undefined}
                    dispatch={dispatch}
                  />
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
};

interface SheetCellProps {
  readonly id: string;
  readonly row: string;
  readonly index: number;
  readonly at: number;
  readonly column: SheetColumn;
  readonly text: string;
  readonly error: string | undefined;
  readonly isChanged: boolean;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  readonly draft: string | undefined;
  readonly dispatch: Dispatch<SheetAct>;
}

const SheetCell = memo(
  ({
    id,
    row,
    index,
    at,
    column,
    text,
    error,
    isChanged,
    isCursor,
    isSelected,
    draft,
    dispatch,
  }: SheetCellProps): ReactNode => (
    <div
      role={at === 0 ? 'rowheader' : 'gridcell'}
      aria-colindex={at + 1}
      aria-selected={isSelected}
      aria-readonly={!column.isEditable}
      aria-invalid={error !== undefined}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      tabIndex={isCursor ? 0 : -1}
      className={classes['cell']}
      title={error}
      data-align={column.align}
      data-editable={column.isEditable || undefined}
      data-changed={isChanged || undefined}
      data-invalid={error !== undefined || undefined}
      data-selected={isSelected || undefined}
      data-cursor={isCursor || undefined}
      onMouseDown={(event) => {
        if (event.target instanceof Element && event.target.closest('a, button, input')) return;
        if (event.button !== 0) return;
        dispatch({ type: 'select', to: { row: index, column: at }, extend: event.shiftKey });
      }}
      onMouseEnter={(event) => {
        if (event.buttons === 1) dispatch({ type: 'select', to: { row: index, column: at }, extend: true });
      }}
      onDoubleClick={() => dispatch({ type: 'edit' })}
    >
      {draft === undefined ? (
        (column.render?.(row) ?? text)
      ) : (
        <input
          autoFocus
          className={classes['input']}
          aria-label={column.header}
          value={draft}
          onChange={(event) => dispatch({ type: 'type', text: event.currentTarget.value })}
          onBlur={() => dispatch({ type: 'commit', rows: 0, columns: 0 })}
        />
      )}
      {error !== undefined && (
        <span id={`${id}-error`} hidden>
          {error}
        </span>
      )}
    </div>
  ),
);
