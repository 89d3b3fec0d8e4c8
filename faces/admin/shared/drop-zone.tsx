import { Box, Button, Text } from '@mantine/core';
import { useRef, useState, type ReactNode } from 'react';

interface DropZoneProps {
  readonly label: string;
  readonly hint: string;
  readonly icon: ReactNode;
  /** As in `<input accept>`. */
  readonly accept: string;
  readonly multiple?: boolean;
  readonly isBusy?: boolean;
  readonly take: (files: readonly File[]) => void;
}

/** Takes files that are dropped, or chosen by its button. */
export const DropZone = ({
  label,
  hint,
  icon,
  accept,
  multiple = false,
  isBusy = false,
  take,
}: DropZoneProps): ReactNode => {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  return (
    <Box
      className="drop-zone"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!isBusy) take([...event.dataTransfer.files]);
      }}
    >
      <Button
        variant="default"
        size="sm"
        leftSection={icon}
        loading={isBusy}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          take([...(currentTarget.files ?? [])]);
          currentTarget.value = ''; // the same file can be chosen again
        }}
      />
    </Box>
  );
};
