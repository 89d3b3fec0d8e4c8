import { Badge, Group, Text } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Summary } from './orders-query.ts';

interface TagProps {
  readonly tag: string;
  /** Whether it leads to the orders that have it. */
  readonly isLink?: boolean;
  /** For example a button that removes it. */
  readonly children?: ReactNode;
}

export const Tag = ({ tag, isLink = false, children }: TagProps): ReactNode => (
  <span className="tag" title={tag}>
    <span>
      {isLink ? (
        <Link to="/orders" search={{ tag }}>
          {tag}
        </Link>
      ) : (
        tag
      )}
    </span>
    {children}
  </span>
);

/** What staff keep with an order, as a row shows it. */
export const RowFile = ({
  tags,
  assignee,
  mentions_caller: isForMe = false,
}: Pick<Summary, 'tags' | 'assignee' | 'mentions_caller'>): ReactNode => {
  const { t } = useTranslation();
  if (tags.length === 0 && !assignee && !isForMe) return null;
  return (
    <Group gap={4} maw={{ sm: 140 }}>
      {assignee && (
        <Text size="xs" c="dimmed" className="cut" title={`${t('orders.filter.assignee')}: ${assignee.name}`}>
          <IconUser size={12} aria-hidden /> {assignee.name}
        </Text>
      )}
      {isForMe && <Badge color="blue">{t('orders.mentionsYou')}</Badge>}
      {tags.map((tag) => (
        <Tag key={tag} tag={tag} />
      ))}
    </Group>
  );
};
