import { Anchor, Box, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { membersQuery } from './collections-query.ts';

interface MembersProps {
  readonly collectionId: string;
  readonly etag: string;
}

/** The first products that customers see. */
const Members = ({ collectionId, etag }: MembersProps): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (
    <Panel title={t('collections.members')}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('collections.membersHint')}
        </Text>
        <Shown query={useQuery(membersQuery(collectionId, etag))} skeleton={<RowsSkeleton rows={4} />}>
          {({ items, next_cursor: next }) => (
            <>
              <Box component="ol" aria-label={t('collections.members')} style={{ margin: 0, padding: 0 }}>
                {items.map(({ product_id: id, name, price_from: price, currency }) => (
                  <Group key={id} component="li" justify="space-between" wrap="nowrap" gap="xs" py={3}>
                    <Anchor
                      size="sm"
                      className="cut"
                      renderRoot={(props) => (
                        <Link to="/products/$productId" params={{ productId: id }} {...props} />
                      )}
                    >
                      {name}
                    </Anchor>
                    <Text size="sm" c="dimmed" flex="none">
                      {money(price, currency)}
                    </Text>
                  </Group>
                ))}
              </Box>
              {items.length === 0 && <Text size="sm">{t('collections.noMembers')}</Text>}
              {next !== undefined && (
                <Text size="sm" c="dimmed">
                  {t('collections.moreMembers')}
                </Text>
              )}
            </>
          )}
        </Shown>
      </Stack>
    </Panel>
  );
};

export default Members;
