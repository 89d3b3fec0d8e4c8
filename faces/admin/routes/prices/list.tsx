import { Badge, Box, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconPlus, IconTagOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { Page } from '../../shared/page.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { priceListsQuery } from '../products/products-query.ts';
import { validityOf, type Validity } from './validity.ts';

const PriceListDialog = lazy(() => import('./price-list-dialog.tsx'));

type PriceList = Schemas['PriceList'];

const COLORS: Readonly<Record<Validity, string>> = { planned: 'blue', valid: 'teal', ended: 'gray' };

const Prices = (): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const query = useQuery(priceListsQuery);
  const [edited, setEdited] = useState<PriceList | 'new'>();
  const now = new Date();
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('prices.new')}
    </Button>
  );
  return (
    <Page title={t('menu.prices')} actions={add}>
      <Text size="sm" c="dimmed" mb="md">
        {t('prices.lead')}{' '}
        <Link to="/products" style={{ color: 'var(--mantine-color-anchor)' }}>
          {t('prices.toProducts')}
        </Link>
      </Text>
      <Shown query={query} skeleton={<RowsSkeleton rows={4} />}>
        {(lists) =>
          lists.length === 0 ? (
            <Box className="surface">
              <Blank Icon={IconTagOff} title={t('prices.none')} text={t('prices.noneText')} />
            </Box>
          ) : (
            <Box className="surface" style={{ overflowX: 'auto' }}>
              <table className="table list lines" aria-label={t('menu.prices')}>
                <thead>
                  <tr>
                    <Th scope="col">{t('prices.list')}</Th>
                    <Th scope="col" visibleFrom="sm">
                      {t('prices.validity')}
                    </Th>
                    <Th scope="col">{t('prices.status')}</Th>
                    <Th scope="col" ta="right" visibleFrom="xs">
                      {t('prices.priority')}
                    </Th>
                  </tr>
                </thead>
                <tbody>
                  {lists.map((list) => {
                    const validity = validityOf(list, now);
                    return (
                      <tr key={list.price_list_id} className="linked-row">
                        <Td>
                          <Stack gap={0}>
                            <UnstyledButton className="row-link" fz="sm" onClick={() => setEdited(list)}>
                              {list.name}
                            </UnstyledButton>
                            <Group gap={6}>
                              <Text size="xs" c="dimmed" className="mono">
                                {list.code}
                              </Text>
                              <Text size="xs" c="dimmed">
                                {list.currency}
                              </Text>
                            </Group>
                          </Stack>
                        </Td>
                        <Td visibleFrom="sm">
                          <Text size="sm" c="dimmed">
                            {list.valid_from === undefined && list.valid_until === undefined
                              ? t('prices.always')
                              : `${list.valid_from === undefined ? '…' : moment(list.valid_from)} – ${list.valid_until === undefined ? '…' : moment(list.valid_until)}`}
                          </Text>
                        </Td>
                        <Td>
                          <Badge color={COLORS[validity]}>{t(`prices.is.${validity}`)}</Badge>
                        </Td>
                        <Td ta="right" visibleFrom="xs">
                          {list.priority}
                        </Td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </Box>
          )
        }
      </Shown>
      {edited !== undefined && (
        <Suspense>
          <PriceListDialog
            {...(edited === 'new' ? {} : { stored: edited })}
            close={() => setEdited(undefined)}
          />
        </Suspense>
      )}
    </Page>
  );
};

export const Route = createLazyRoute('/shell/prices')({ component: Prices });
