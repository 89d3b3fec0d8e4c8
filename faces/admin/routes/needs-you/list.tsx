import { Badge, Box, Group, Stack, Text, Title } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import '../system/texts.ts';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { useKeys } from '../../shared/keys.ts';
import { Page } from '../../shared/page.tsx';
import { Blank, Failure, RowsSkeleton } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { overviewQuery } from '../system/system-query.ts';
import {
  casesQuery,
  lowStockQuery,
  MOST,
  refusedCapturesQuery,
  waitingQuestionsQuery,
  waitingReviewsQuery,
} from './needs-query.ts';
import '../orders/texts.ts';

/** Something that waits for staff. Its link leads to where it is done. */
interface Need {
  readonly key: string;
  readonly what: string;
  readonly text: string;
  readonly badges: readonly string[];
  readonly link: (content: ReactNode) => ReactNode;
  readonly act: string;
}

interface Queue {
  readonly kind: 'cases' | 'captures' | 'stuck' | 'reviews' | 'questions' | 'unanswered' | 'stock';
  readonly query: UseQueryResult;
  readonly needs: readonly Need[];
}

/** What is left to do, as far as the roles of the user see it; the most urgent kind comes first. */
const useQueues = (): readonly Queue[] => {
  const { t } = useTranslation();
  const { ago, money, number } = useFormat();
  const may = useMay();
  const cases = useQuery({ ...casesQuery, enabled: may('order:read') });
  const captures = useQuery({ ...refusedCapturesQuery, enabled: may('payment:read') });
  const overview = useQuery({ ...overviewQuery, enabled: may('operations:read') });
  const reviews = useQuery({ ...waitingReviewsQuery, enabled: may('review:read') });
  const questions = useQuery({ ...waitingQuestionsQuery('moderator'), enabled: may('review:read') });
  const unanswered = useQuery({ ...waitingQuestionsQuery('answer'), enabled: may('review:read') });
  const stock = useQuery({ ...lowStockQuery, enabled: may('inventory:read') });
  const stuck = (overview.data?.services ?? []).flatMap(({ service, operations }): Need[] => {
    const { dead_letters: letters = 0, failing_tasks: tasks = 0 } = operations ?? {};
    if (letters + tasks === 0) return [];
    return [
      {
        key: service,
        what: service,
        text: t('needs.stuck', { letters: number(letters), tasks: number(tasks) }),
        badges: [],
        link: (content) => (
          <Link to="/system" className="row-link">
            {content}
          </Link>
        ),
        act: t('needs.look'),
      },
    ];
  });
  const all: readonly (Queue & { readonly isSeen: boolean })[] = [
    {
      kind: 'cases',
      isSeen: may('order:read'),
      query: cases,
      needs: (cases.data?.items ?? []).map((order) => ({
        key: order.order_id,
        what: order.number,
        text: `${order.customer.name} · ${money(order.total_amount, order.currency)} · ${ago(order.updated_at)}`,
        badges: order.open_cases.map((kind) => t(`case.title_${kind}`)),
        link: (content) => (
          <Link
            to="/orders/$orderId"
            params={{ orderId: order.order_id }}
            search={{ view: 'needs_you', sort: 'oldest' }}
            className="row-link"
          >
            {content}
          </Link>
        ),
        act: t('case.open'),
      })),
    },
    {
      kind: 'captures',
      isSeen: may('payment:read'),
      query: captures,
      needs: (captures.data?.items ?? []).map((payment) => ({
        key: payment.payment_id,
        what: t('needs.capture', { amount: money(payment.amount, payment.currency) }),
        text: ago(payment.updated_at),
        badges: [payment.failure?.reason ?? ''],
        link: (content) => (
          <Link to="/orders/$orderId" params={{ orderId: payment.order_id }} className="row-link">
            {content}
          </Link>
        ),
        act: t('needs.look'),
      })),
    },
    { kind: 'stuck', isSeen: may('operations:read'), query: overview, needs: stuck },
    {
      kind: 'reviews',
      isSeen: may('review:read'),
      query: reviews,
      needs: (reviews.data?.items ?? []).map(({ review }) => ({
        key: review.review_id,
        what: review.title,
        text: ago(review.created_at),
        badges: [t('needs.stars', { count: review.rating })],
        link: (content) => (
          <Link to="/reviews" search={{ id: review.review_id }} className="row-link">
            {content}
          </Link>
        ),
        act: t('needs.judge'),
      })),
    },
    ...(
      [
        { kind: 'questions', query: questions, search: {}, act: t('needs.judge') },
        { kind: 'unanswered', query: unanswered, search: { view: 'answer' }, act: t('needs.answer') },
      ] as const
    ).map(({ kind, query, search, act }) => ({
      kind,
      isSeen: may('review:read'),
      query,
      needs: (query.data?.items ?? []).map(({ question_id: id, text, created_at: askedAt }): Need => ({
        key: id,
        what: text,
        text: ago(askedAt),
        badges: [],
        link: (content) => (
          <Link to="/questions" search={{ ...search, id }} className="row-link">
            {content}
          </Link>
        ),
        act,
      })),
    })),
    {
      kind: 'stock',
      isSeen: may('inventory:read'),
      query: stock,
      needs: (stock.data?.items ?? []).map((item) => ({
        key: item.variant_id,
        what: item.name === undefined ? item.sku : `${item.name} · ${item.sku}`,
        text: t('needs.left', { count: item.available, threshold: number(item.low_stock_threshold) }),
        badges: [],
        link: (content) => (
          <Link to="/stock" search={{ q: item.sku }} className="row-link">
            {content}
          </Link>
        ),
        act: t('needs.restock'),
      })),
    },
  ];
  return all.filter(({ isSeen }) => isSeen);
};

const NeedsYou = (): ReactNode => {
  const { t } = useTranslation();
  const queues = useQueues();
  const list = useRef<HTMLDivElement>(null);
  /** Moves the focus to the neighbour of the row that has it. */
  const step = (by: 1 | -1): void => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('.row-link') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  const isLoading = queues.some(({ query }) => query.data === undefined && query.error === null);
  const isDone = queues.every(({ query, needs }) => query.data !== undefined && needs.length === 0);
  return (
    <Page title={t('menu.needsYou')}>
      <Stack gap="lg" ref={list}>
        {queues.map((queue) => (
          <Needs key={queue.kind} queue={queue} />
        ))}
        {isLoading && <RowsSkeleton rows={6} />}
        {isDone && (
          <Box className="surface">
            <Blank Icon={IconMoodSmile} title={t('needs.none')} text={t('needs.noneText')} />
          </Box>
        )}
      </Stack>
    </Page>
  );
};

const Needs = ({ queue: { kind, query, needs } }: { readonly queue: Queue }): ReactNode => {
  const { t } = useTranslation();
  if (query.error !== null && query.data === undefined)
    return <Failure error={query.error} again={() => void query.refetch()} isTrying={query.isFetching} />;
  if (needs.length === 0) return null;
  const title = t(`needs.kind.${kind}`);
  return (
    <section aria-label={title}>
      <Group gap="xs" mb="xs">
        <Title order={2}>{title}</Title>
        <Badge color="gray">{needs.length < MOST ? needs.length : `${MOST}+`}</Badge>
      </Group>
      <ul className="surface" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {needs.map(({ key, what, text, badges, link, act }) => (
          <li
            key={key}
            className="linked-row"
            style={{ padding: '10px 16px', borderTop: '1px solid var(--shop-line)' }}
          >
            <Group justify="space-between" gap="xs">
              <Stack gap={0} style={{ minWidth: 0, flex: '1 1 200px' }}>
                <Group gap="xs">
                  {link(<span style={{ overflowWrap: 'anywhere' }}>{what}</span>)}
                  {badges.map((badge) => (
                    <Badge key={badge} color="red">
                      {badge}
                    </Badge>
                  ))}
                </Group>
                <Text size="xs" c="dimmed">
                  {text}
                </Text>
              </Stack>
              <Text size="sm" c="var(--mantine-color-anchor)" aria-hidden>
                {act}
              </Text>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
};

export const Route = createLazyRoute('/shell/needs-you')({ component: NeedsYou });
