import { Box, Checkbox } from '@mantine/core';
import {
  createColumnHelper,
  tableFeatures,
  useTable,
  type ColumnDef,
  type RowData,
} from '@tanstack/react-table';
import { useRef, type ReactNode } from 'react';
import { Td, Th } from '../table.tsx';
import { choose, keysBetween, type Chosen } from './selection.ts';

interface Look {
  readonly align?: 'right';
  /** On narrower screens the column is left out, so its content must be elsewhere too, or dispensable. */
  readonly visibleFrom?: 'xs' | 'sm' | 'md' | 'lg' | 'xl';
  readonly width?: number | string;
}

const NO_LOOK: Look = {};

const features = tableFeatures({ columnMeta: NO_LOOK });

type Features = typeof features;
export type Columns<Row extends RowData> = readonly ColumnDef<Features, Row>[];

export const columnsOf = <Row extends RowData>() => createColumnHelper<Features, Row>();

export interface Selection<Row> {
  readonly selected: Chosen;
  readonly change: (selected: Chosen) => void;
  /** Names the checkbox of a row, or of all. */
  readonly labelOf: (row: Row | undefined) => string;
}

interface DataTableProps<Row extends RowData> {
  readonly caption: string;
  readonly columns: Columns<Row>;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly selection?: Selection<Row> | undefined;
}

/** A real table. The first cell of a row has a link with the class `row-link`, so that the row opens in new tabs as well. */
export const DataTable = <Row extends RowData>({
  caption,
  columns,
  rows,
  keyOf,
  selection,
}: DataTableProps<Row>): ReactNode => {
  const keys = rows.map(keyOf);
  const chosen = keys.filter((key) => selection?.selected.has(key)).length;
  /** The row that was clicked last; with Shift, a click means all rows from there on. */
  const last = useRef<string>(undefined);
  const table = useTable({ features, columns: [...columns], data: [...rows], getRowId: keyOf });
  return (
    <Box className="surface" style={{ overflowX: 'auto' }}>
      <table className="table list lines" aria-label={caption}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {selection && (
                <Th w={40}>
                  <Checkbox
                    size="xs"
                    aria-label={selection.labelOf(undefined)}
                    checked={chosen === keys.length}
                    indeterminate={chosen > 0 && chosen < keys.length}
                    onChange={(event) =>
                      selection.change(choose(selection.selected, keys, event.currentTarget.checked))
                    }
                  />
                </Th>
              )}
              {group.headers.map((header) => {
                const { align, visibleFrom, width } = header.column.columnDef.meta ?? {};
                return (
                  <Th
                    key={header.id}
                    scope="col"
                    ta={align}
                    w={width}
                    {...(visibleFrom === undefined ? {} : { visibleFrom })}
                  >
                    <table.FlexRender header={header} />
                  </Th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} className="linked-row">
              {selection && (
                <Td className="row-check">
                  <Checkbox
                    size="xs"
                    aria-label={selection.labelOf(row.original)}
                    checked={selection.selected.has(row.id)}
                    onChange={({ currentTarget: { checked }, nativeEvent }) => {
                      const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
                      const rows = keysBetween(keys, isRange ? last.current : undefined, row.id);
                      selection.change(choose(selection.selected, rows, checked));
                      last.current = row.id;
                    }}
                  />
                </Td>
              )}
              {row.getAllCells().map((cell) => {
                const { align, visibleFrom } = cell.column.columnDef.meta ?? {};
                return (
                  <Td key={cell.id} ta={align} {...(visibleFrom === undefined ? {} : { visibleFrom })}>
                    <table.FlexRender cell={cell} />
                  </Td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
};
