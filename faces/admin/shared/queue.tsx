import { ActionIcon, Button, Card, Grid, Group, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from './keys.ts';
import { neighbourOf } from './neighbour.ts';

export interface QueueItem {
  readonly id: string;
  readonly title: string;
  readonly mark?: string;
  readonly text: string;
}

/** Where a queue is: the item of the URL, or the first. */
export const useQueue = (
  ids: readonly string[],
  id: string | undefined,
): {
  /** Index of the current item; 0 where the queue is empty. */
  readonly at: number;
  readonly show: (id: string | undefined) => void;
  /** On to the next, or to the one before where there is none; call it before the current item goes. */
  readonly leave: () => void;
} => {
  const navigate = useNavigate();
  const at = Math.max(0, ids.indexOf(id ?? ''));
  const show = (next: string | undefined): void =>
    void navigate({ to: '.', search: (view) => ({ ...view, id: next }), replace: true });
  const leave = (): void => {
    const others = ids.filter((_, index) => index !== at);
    show(others[Math.min(at, others.length - 1)]);
  };
  return { at, show, leave };
};

interface QueueProps {
  readonly items: readonly QueueItem[];
  /** Index of the current item. */
  readonly at: number;
  readonly show: (id: string | undefined) => void;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly more: () => void;
  /** The current item. */
  readonly children: ReactNode;
}

/** Items that staff look at one by one, with the keys J and K. The current one is in the URL. */
export const Queue = ({ items, at, show, hasMore, isLoading, more, children }: QueueProps): ReactNode => {
  const { t } = useTranslation();
  const ids = items.map(({ id }) => id);
  const step = (by: 1 | -1): void => show(neighbourOf(ids, ids[at], by));
  useKeys({ j: () => step(1), k: () => step(-1) });
  return (
    <Grid gap="md">
      <Grid.Col span={4} visibleFrom="md">
        <Card className="surface" padding={6} component="nav" aria-label={t('queue.name')}>
          <Stack gap={2}>
            {items.map(({ id, title, mark, text }, index) => (
              <Link
                key={id}
                to="."
                search={(view) => ({ ...view, id })}
                replace
                className="queue-item"
                aria-current={index === at ? 'true' : undefined}
              >
                <Group justify="space-between" wrap="nowrap" gap="xs">
                  <Text size="sm" fw={600} truncate>
                    {title}
                  </Text>
                  {mark !== undefined && (
                    <Text size="xs" c="dimmed" flex="none">
                      {mark}
                    </Text>
                  )}
                </Group>
                <Text size="xs" c="dimmed" truncate>
                  {text}
                </Text>
              </Link>
            ))}
            {hasMore && (
              <Button variant="subtle" size="compact-sm" loading={isLoading} onClick={more}>
                {t('act.showMore')}
              </Button>
            )}
          </Stack>
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="sm">
          <Group justify="space-between">
            <Text size="sm" c="dimmed" aria-live="polite">
              {t('queue.position', { at: at + 1, of: `${items.length}${hasMore ? '+' : ''}` })}
            </Text>
            <Group gap={4}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t('keys.previous')}
                aria-keyshortcuts="K"
                disabled={at === 0}
                onClick={() => step(-1)}
              >
                <IconChevronLeft size={18} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t('keys.next')}
                aria-keyshortcuts="J"
                disabled={at === items.length - 1}
                onClick={() => step(1)}
              >
                <IconChevronRight size={18} />
              </ActionIcon>
            </Group>
          </Group>
          {children}
        </Stack>
      </Grid.Col>
    </Grid>
  );
};

/** Something that is said about an item, such as an objection or an answer. */
export const Aside = ({
  title,
  children,
}: {
  readonly title: ReactNode;
  readonly children: ReactNode;
}): ReactNode => (
  <Stack gap={2} pl="sm" style={{ borderLeft: '3px solid var(--shop-line)' }}>
    <Text size="xs" c="dimmed" fw={600} component="div">
      {title}
    </Text>
    {children}
  </Stack>
);
