import type { SheetAct } from './sheet-state.ts';

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Rows of a page. */
const PAGE = 20;
const FAR = Number.MAX_SAFE_INTEGER;

const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-PAGE, 0],
  PageDown: [PAGE, 0],
  Home: [0, -FAR],
  End: [0, FAR],
};

/** With Ctrl: to the end of the rows or columns, or to a corner of the sheet. */
const FAR_MOVES: typeof MOVES = {
  ArrowUp: [-FAR, 0],
  ArrowDown: [FAR, 0],
  ArrowLeft: [0, -FAR],
  ArrowRight: [0, FAR],
  Home: [-FAR, -FAR],
  End: [FAR, FAR],
};

const COMMANDS: Readonly<Record<string, SheetAct>> = {
  a: { type: 'select all' },
  d: { type: 'fill down' },
  y: { type: 'redo' },
};

/** What a key does in a cell that is not being edited; undefined if the browser is to handle it. */
export const actOf = ({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): SheetAct | undefined => {
  const isCommand = ctrlKey || metaKey;
  if (altKey && !isCommand) return undefined;
  const move = MOVES[key];
  if (move) {
    const [rows, columns] = isCommand ? (FAR_MOVES[key] ?? move) : move;
    return { type: 'move', rows, columns, extend: shiftKey };
  }
  if (isCommand) {
    if (key.toLowerCase() === 'z') return { type: shiftKey ? 'redo' : 'undo' };
    return COMMANDS[key.toLowerCase()];
  }
  if (key === 'Enter' || key === 'F2') return { type: 'edit' };
  if (key === 'Delete' || key === 'Backspace') return { type: 'clear' };
  return key.length === 1 ? { type: 'edit', text: key === ' ' ? '' : key } : undefined;
};

/** What a key does in a cell that is being edited. */
export const actWhileEditing = ({ key, shiftKey }: Pressed): SheetAct | undefined => {
  if (key === 'Escape') return { type: 'cancel' };
  if (key === 'Enter') return { type: 'commit', rows: shiftKey ? -1 : 1, columns: 0 };
  if (key === 'Tab') return { type: 'commit', rows: 0, columns: shiftKey ? -1 : 1 };
  return undefined;
};
