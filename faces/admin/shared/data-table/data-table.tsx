import { Box } from '@mantine/core';
import {
  createColumnHelper,
  tableFeatures,
  useTable,
  type ColumnDef,
  type RowData,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Td, Th } from '../table.tsx';

interface Look {
  readonly align?: 'right';
  /** On narrower screens the column is left out, so its content must be elsewhere too, or dispensable. */
  readonly visibleFrom?: 'xs' | 'sm' | 'md' | 'lg';
  readonly width?: number | string;
}

const NO_LOOK: Look = {};

const features = tableFeatures({ columnMeta: NO_LOOK });

type Features = typeof features;
export type Columns<Row extends RowData> = readonly ColumnDef<Features, Row>[];

export const columnsOf = <Row extends RowData>() => createColumnHelper<Features, Row>();

interface DataTableProps<Row extends RowData> {
  readonly caption: string;
  readonly columns: Columns<Row>;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A real table. The first cell of a row has a link with the class `row-link`, so that the row opens in new tabs as well. */
export const DataTable = <Row extends RowData>({
  caption,
  columns,
  rows,
  keyOf,
}: DataTableProps<Row>): ReactNode => {
  const table = useTable({ features, columns: [...columns], data: [...rows], getRowId: keyOf });
  return (
    <Box className="surface" style={{ overflowX: 'auto' }}>
      <table className="table list lines" aria-label={caption}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
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
