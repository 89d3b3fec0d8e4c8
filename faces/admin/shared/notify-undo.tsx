import { Button, Group, Text } from '@mantine/core';
import { notify } from './notify.ts';

const UNDO_MS = 10_000;

interface Undoable {
  readonly message: string;
  readonly label: string;
  readonly undo: () => void;
}

/** Says what was done, with a button that takes it back. */
export const notifyUndo = ({ message, label, undo }: Undoable): void => {
  const id = crypto.randomUUID();
  notify({
    id,
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            hide(id);
            undo();
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  });
};

const hide = (id: string): void => {
  void import('./toasts.tsx').then(({ notifications }) => notifications.hide(id));
};
