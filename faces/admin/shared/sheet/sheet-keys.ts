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
    const [rows, columns] = move;
    const isCorner = isCommand && (key === 'Home' || key === 'End');
    const far = isCommand ? FAR : 1;
    return { type: 'move', rows: isCorner ? columns : rows * far, columns: columns * far, extend: shiftKey };
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
