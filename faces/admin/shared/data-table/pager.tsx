import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface PagerProps {
  /** The cursor of this page; undefined on the first. */
  readonly cursor: string | undefined;
  readonly next: string | undefined;
}

/** Lists know no page numbers, only what comes next; the way back is in the state of the history. */
export const Pager = ({ cursor, next }: PagerProps): ReactNode => {
  const { t } = useTranslation();
  const { trail = [] } = useLocation().state;
  if (cursor === undefined && next === undefined) return null;
  const before = trail.at(-1);
  return (
    <Group justify="space-between" mt="md" component="nav" aria-label={t('pager.name')}>
      {cursor === undefined ? (
        <span />
      ) : (
        <Button
          variant="default"
          size="sm"
          leftSection={<IconChevronLeft size={16} />}
          renderRoot={(props) => (
            <Link
              to="."
              search={(search) => ({ ...search, after: before === '' ? undefined : before })}
              state={{ trail: trail.slice(0, -1) }}
              {...props}
            />
          )}
        >
          {before === undefined ? t('pager.first') : t('pager.previous')}
        </Button>
      )}
      {next !== undefined && (
        <Button
          variant="default"
          size="sm"
          rightSection={<IconChevronRight size={16} />}
          renderRoot={(props) => (
            <Link
              to="."
              search={(search) => ({ ...search, after: next })}
              state={{ trail: [...trail, cursor ?? ''] }}
              {...props}
            />
          )}
        >
          {t('pager.next')}
        </Button>
      )}
    </Group>
  );
};
