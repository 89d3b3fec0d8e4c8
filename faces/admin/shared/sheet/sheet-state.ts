/** The state of a sheet: where one is, what is selected, and what was changed. Pure, so that it can be tested without a page. */

export interface Position {
  readonly row: number;
  readonly column: number;
}

/** Changed texts by row and column key, never by index: rows may be filtered and sorted meanwhile. */
export type Edits = ReadonlyMap<string, string>;

export interface SheetState {
  readonly cursor: Position;
  /** The other corner of the selection. */
  readonly anchor: Position;
  /** The text of the cell that is being edited. */
  readonly draft: string | undefined;
  readonly edits: Edits;
  readonly past: readonly Edits[];
  readonly future: readonly Edits[];
}

/** What the sheet is about, as it is now. */
export interface Grid {
  readonly rows: readonly string[];
  readonly columns: readonly { readonly key: string; readonly isEditable: boolean }[];
  /** The stored text of a cell. */
  readonly textOf: (row: string, column: string) => string;
}

export type SheetAct =
  /** Moves by rows and columns, or as far as possible; `extend` keeps the other corner of the selection. */
  | { readonly type: 'move'; readonly rows: number; readonly columns: number; readonly extend?: boolean }
  | { readonly type: 'select'; readonly to: Position; readonly extend?: boolean }
  | { readonly type: 'select all' }
  /** Begins to edit, with the present text or another. */
  | { readonly type: 'edit'; readonly text?: string }
  | { readonly type: 'type'; readonly text: string }
  /** Ends the edit, and moves. */
  | { readonly type: 'commit'; readonly rows: number; readonly columns: number }
  | { readonly type: 'cancel' }
  /** One cell fills the selection; several are put down from its first cell on. */
  | { readonly type: 'paste'; readonly cells: readonly (readonly string[])[] }
  | { readonly type: 'clear' }
  | { readonly type: 'fill down' }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** These cells are stored: no longer edits, and there is no way back before. */
  | { readonly type: 'stored'; readonly cells: readonly string[] }
  | { readonly type: 'discard' }
  /** These cells get their stored texts back. */
  | { readonly type: 'revert'; readonly cells: readonly string[] }
  /** The rows are other ones. */
  | { readonly type: 'rows changed' };

export const EMPTY: SheetState = {
  cursor: { row: 0, column: 0 },
  anchor: { row: 0, column: 0 },
  draft: undefined,
  edits: new Map(),
  past: [],
  future: [],
};

const UNDOABLE = 200;

export const cellKey = (row: string, column: string): string => `${row}\t${column}`;

export const partsOf = (key: string): { readonly row: string; readonly column: string } => {
  const [row = '', column = ''] = key.split('\t');
  return { row, column };
};

/** The text that a cell shows. */
export const shownText = (grid: Grid, edits: Edits, row: string, column: string): string =>
  edits.get(cellKey(row, column)) ?? grid.textOf(row, column);

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const rangeOf = ({ cursor, anchor }: Pick<SheetState, 'cursor' | 'anchor'>): Range => ({
  top: Math.min(cursor.row, anchor.row),
  bottom: Math.max(cursor.row, anchor.row),
  left: Math.min(cursor.column, anchor.column),
  right: Math.max(cursor.column, anchor.column),
});

/** The selected cells as they are shown. */
export const selectedTexts = (grid: Grid, state: SheetState): readonly (readonly string[])[] => {
  const { top, bottom, left, right } = rangeOf(state);
  return grid.rows
    .slice(top, bottom + 1)
    .map((row) =>
      grid.columns.slice(left, right + 1).map(({ key }) => shownText(grid, state.edits, row, key)),
    );
};

/** How many rows of a paste are below the last row, and so are left out. */
export const rowsCutOff = (grid: Grid, state: SheetState, cells: readonly (readonly string[])[]): number =>
  Math.max(0, rangeOf(state).top + cells.length - grid.rows.length);

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

const within = ({ rows, columns }: Grid, { row, column }: Position): Position => ({
  row: clamp(row, rows.length - 1),
  column: clamp(column, columns.length - 1),
});

const moved = (grid: Grid, state: SheetState, rows: number, columns: number, extend = false): SheetState => {
  const cursor = within(grid, { row: state.cursor.row + rows, column: state.cursor.column + columns });
  return { ...state, cursor, anchor: extend ? state.anchor : cursor };
};

interface Change extends Position {
  readonly text: string;
}

/** Changes cells that can be edited; all of it is one step to undo. */
const changed = (grid: Grid, state: SheetState, changes: readonly Change[]): SheetState => {
  const edits = new Map(state.edits);
  for (const { row, column, text } of changes) {
    const rowKey = grid.rows[row];
    const at = grid.columns[column];
    if (rowKey === undefined || at?.isEditable !== true) continue;
    const key = cellKey(rowKey, at.key);
    if (text === grid.textOf(rowKey, at.key)) edits.delete(key);
    else edits.set(key, text);
  }
  return isSame(edits, state.edits)
    ? state
    : { ...state, edits, past: [...state.past, state.edits].slice(-UNDOABLE), future: [] };
};

const isSame = (one: Edits, other: Edits): boolean =>
  one.size === other.size && [...one].every(([key, text]) => other.get(key) === text);

const inRange = (state: SheetState, textAt: (row: number, column: number) => string): readonly Change[] => {
  const { top, bottom, left, right } = rangeOf(state);
  return Array.from({ length: bottom - top + 1 }, (_, down) =>
    Array.from({ length: right - left + 1 }, (__, across) => ({
      row: top + down,
      column: left + across,
      text: textAt(top + down, left + across),
    })),
  ).flat();
};

const pasted = (grid: Grid, state: SheetState, cells: readonly (readonly string[])[]): SheetState => {
  const [first = []] = cells;
  const { top, left } = rangeOf(state);
  if (cells.length === 1 && first.length === 1)
    return changed(
      grid,
      state,
      inRange(state, () => first[0] ?? ''),
    );
  const changes = cells.flatMap((row, down) =>
    row.map((text, across) => ({ row: top + down, column: left + across, text })),
  );
  const width = Math.max(0, ...cells.map((row) => row.length));
  return {
    ...changed(grid, state, changes),
    anchor: { row: top, column: left },
    cursor: within(grid, { row: top + cells.length - 1, column: left + width - 1 }),
  };
};

const filledDown = (grid: Grid, state: SheetState): SheetState => {
  const { top } = rangeOf(state);
  const source = grid.rows[top];
  if (source === undefined) return state;
  const textAt = (_row: number, column: number): string =>
    shownText(grid, state.edits, source, grid.columns[column]?.key ?? '');
  return changed(grid, state, inRange(state, textAt));
};

export const reduceSheet = (grid: Grid, state: SheetState, act: SheetAct): SheetState => {
  switch (act.type) {
    case 'move':
      return moved(grid, state, act.rows, act.columns, act.extend);
    case 'select': {
      const cursor = within(grid, act.to);
      return { ...state, cursor, anchor: act.extend === true ? state.anchor : cursor };
    }
    case 'select all':
      return {
        ...state,
        anchor: { row: 0, column: 0 },
        cursor: within(grid, { row: Infinity, column: Infinity }),
      };
    case 'edit': {
      const { row, column } = state.cursor;
      const rowKey = grid.rows[row];
      const at = grid.columns[column];
      if (rowKey === undefined || at?.isEditable !== true) return state;
      return {
        ...state,
        anchor: state.cursor,
        draft: act.text ?? shownText(grid, state.edits, rowKey, at.key),
      };
    }
    case 'type':
      return { ...state, draft: act.text };
    case 'commit': {
      const { draft, cursor } = state;
      const done = draft === undefined ? state : changed(grid, state, [{ ...cursor, text: draft.trim() }]);
      return moved(grid, { ...done, draft: undefined }, act.rows, act.columns);
    }
    case 'cancel':
      return { ...state, draft: undefined };
    case 'paste':
      return pasted(grid, state, act.cells);
    case 'clear':
      return changed(
        grid,
        state,
        inRange(state, () => ''),
      );
    case 'fill down':
      return filledDown(grid, state);
    case 'undo': {
      const edits = state.past.at(-1);
      if (!edits) return state;
      return { ...state, edits, past: state.past.slice(0, -1), future: [state.edits, ...state.future] };
    }
    case 'redo': {
      const [edits, ...future] = state.future;
      if (!edits) return state;
      return { ...state, edits, past: [...state.past, state.edits], future };
    }
    case 'stored': {
      const edits = new Map(state.edits);
      for (const key of act.cells) edits.delete(key);
      return { ...state, edits, past: [], future: [] };
    }
    case 'discard':
      return isSame(state.edits, new Map())
        ? state
        : { ...state, draft: undefined, edits: new Map(), past: [...state.past, state.edits], future: [] };
    case 'revert': {
      const edits = new Map(state.edits);
      for (const key of act.cells) edits.delete(key);
      return edits.size === state.edits.size
        ? state
        : { ...state, edits, past: [...state.past, state.edits].slice(-UNDOABLE), future: [] };
    }
    case 'rows changed': {
      const cursor = within(grid, state.cursor);
      return { ...state, cursor, anchor: cursor, draft: undefined };
    }
  }
};
