import {
  Badge,
  Box,
  Button,
  Card,
  Group,
  Image,
  Kbd,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { IconCheck, IconMoodSmile, IconStar, IconStarFilled, IconX } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import './texts.ts';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { Modal } from '../../shared/modal.tsx';
import { useKeys } from '../../shared/keys.ts';
import { Page } from '../../shared/page.tsx';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { Aside, Queue, useQueue } from '../../shared/queue.tsx';
import { Blank, Failure, RowsSkeleton } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import {
  decide,
  productNameQuery,
  reviewQuery,
  reviewsQuery,
  type Moderated,
  type RejectionReason,
  type Verdict,
} from './reviews-query.ts';
import { VIEWS } from './view.ts';
import { textIn } from '../../shared/form/text-in.ts';

const REASONS = [
  'off_topic',
  'offensive',
  'spam',
  'private_information',
  'fake',
  'illegal',
  'other',
] as const satisfies readonly RejectionReason[];

const Reviews = (): ReactNode => {
  const { t } = useTranslation();
  const search = Route.useSearch();
  const { view = 'waiting' } = search;
  const query = useInfiniteQuery(reviewsQuery(search));
  const queue = query.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={t('menu.reviews')} wide>
      <Box mb="md">
        <Views
          label={t('reviews.views')}
          current={view}
          views={VIEWS.map((one) => ({ view: one, label: t(`reviews.view.${one}`) }))}
          searchOf={(one) => (one === 'waiting' ? {} : { view: one })}
        />
      </Box>
      {queue === undefined ? (
        query.error ? (
          <Failure error={query.error} again={() => void query.refetch()} isTrying={query.isFetching} />
        ) : (
          <RowsSkeleton />
        )
      ) : queue.length === 0 ? (
        <Box className="surface">
          <Blank
            Icon={IconMoodSmile}
            title={view === 'waiting' ? t('reviews.none') : t('reviews.noneHere')}
            text={view === 'waiting' ? t('reviews.noneText') : t('reviews.noneHereText')}
          />
        </Box>
      ) : (
        <ReviewQueue
          queue={queue}
          hasMore={query.hasNextPage}
          more={() => void query.fetchNextPage()}
          isLoading={query.isFetchingNextPage}
        />
      )}
    </Page>
  );
};

interface ReviewQueueProps {
  readonly queue: readonly Moderated[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly more: () => void;
}

const ReviewQueue = ({ queue, ...loading }: ReviewQueueProps): ReactNode => {
  const { t } = useTranslation();
  const { ago } = useFormat();
  const may = useMay();
  const { id } = Route.useSearch();
  const queries = useQueryClient();
  const [isRejecting, setRejecting] = useState(false);
  const items = queue.map(({ review }) => ({
    id: review.review_id,
    title: review.title,
    mark: '★'.repeat(review.rating),
    text: `${review.author} · ${ago(review.updated_at)}`,
  }));
  const place = useQueue(
    items.map((item) => item.id),
    id,
  );
  const current = queue[place.at];
  const isWriter = may('review:write');

  const verdict = useMutation({
    mutationFn: decide,
    onMutate: () => {
      setRejecting(false);
      place.leave();
    },
    onSuccess: ({ code }, { decision }) => {
      notify(
        code === undefined
          ? { color: 'teal', message: t(`reviews.done.${decision}`) }
          : { color: 'red', message: t('reviews.changed') },
      );
    },
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['reviews'] }),
  });
  const approve = (): void => {
    if (isWriter && current && !verdict.isPending)
      verdict.mutate({ review: current.review, decision: 'approve' });
  };
  useKeys({
    a: approve,
    r: () => setRejecting(isWriter && current !== undefined),
  });
  if (!current) return null;

  return (
    <Queue items={items} at={place.at} show={place.show} {...loading}>
      <ReviewCard key={current.review.review_id} moderated={current} />
      {isWriter && (
        <Group gap="sm" grow>
          <Button
            color="teal"
            leftSection={<IconCheck size={18} />}
            rightSection={<Kbd size="xs">A</Kbd>}
            onClick={approve}
            disabled={current.review.status === 'approved' && current.reasons.length === 0}
          >
            {t('keys.approve')}
          </Button>
          <Button
            color="red"
            variant="outline"
            leftSection={<IconX size={18} />}
            rightSection={<Kbd size="xs">R</Kbd>}
            onClick={() => setRejecting(true)}
            disabled={current.review.status === 'rejected' && current.reasons.length === 0}
          >
            {t('keys.reject')}
          </Button>
        </Group>
      )}
      <Modal
        opened={isRejecting}
        onClose={() => setRejecting(false)}
        title={t('reviews.rejectTitle')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        <RejectForm review={current.review} send={verdict.mutate} />
      </Modal>
    </Queue>
  );
};

const Stars = ({ rating }: { readonly rating: number }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Group
      gap={2}
      role="img"
      aria-label={t('reviews.stars', { count: rating })}
      c="light-dark(#b35c00, #ffc078)"
    >
      {[1, 2, 3, 4, 5].map((star) =>
        star <= rating ? <IconStarFilled key={star} size={16} /> : <IconStar key={star} size={16} />,
      )}
    </Group>
  );
};

const ReviewCard = ({ moderated }: { readonly moderated: Moderated }): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  const { review, reasons, appeal, order_id: orderId } = moderated;
  const whole = useQuery(reviewQuery(review.review_id));
  const product = useQuery(productNameQuery(review.product_id));
  const { history = [], reports = [] } = whole.data ?? {};
  return (
    <Card className="surface" padding="lg" component="article" aria-label={review.title}>
      <Stack gap="sm">
        <Group gap={6} className="badges">
          {reasons.map((reason) => (
            <Badge key={reason} color="orange">
              {t(`reviews.reason.${reason}`)}
            </Badge>
          ))}
          {review.incentivised && <Badge color="grape">{t('reviews.incentivised')}</Badge>}
          {review.purchase === 'refunded' && <Badge color="gray">{t('reviews.refunded')}</Badge>}
        </Group>
        <Group justify="space-between">
          <Stars rating={review.rating} />
          <Text size="xs" c="dimmed" component="time" dateTime={review.updated_at}>
            {moment(review.updated_at)}
          </Text>
        </Group>
        <Title order={2}>{review.title}</Title>
        <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }} lang={review.language}>
          {review.text}
        </Text>
        {review.media && review.media.length > 0 && (
          <Group gap="xs">
            {review.media.map(({ media_id: mediaId, thumbnail_url: thumbnail }) => (
              <Image
                key={mediaId}
                src={thumbnail}
                alt={t('reviews.picture')}
                w={96}
                h={96}
                radius="sm"
                fit="cover"
              />
            ))}
          </Group>
        )}
        <Text size="sm" c="dimmed">
          {t('reviews.by', { author: review.author })} ·{' '}
          {may('catalog:read') ? (
            <Link to="/products/$productId" params={{ productId: review.product_id }}>
              {product.data ?? t('reviews.product')}
            </Link>
          ) : (
            (product.data ?? t('reviews.product'))
          )}
          {may('order:read') && (
            <>
              {' · '}
              <Link to="/orders/$orderId" params={{ orderId }}>
                {t('reviews.order')}
              </Link>
            </>
          )}
        </Text>
        {appeal !== undefined && (
          <Aside title={t('reviews.appeal')}>
            <Text size="sm">{appeal}</Text>
          </Aside>
        )}
        {review.rejection && (
          <Aside title={t('reviews.rejected')}>
            <Text size="sm">
              {t(`reviews.rejection.${review.rejection.reason}`)}
              {review.rejection.note !== undefined && `: ${review.rejection.note}`}
            </Text>
          </Aside>
        )}
        {reports.length > 0 && (
          <Aside title={t('reviews.reports', { count: reports.length })}>
            <Text size="sm">
              {reports
                .map(({ reason }) =>
                  t(`reviews.rejection.${reason}` as 'reviews.rejection.other', { defaultValue: reason }),
                )
                .join(', ')}
            </Text>
          </Aside>
        )}
        {history.length > 0 && (
          <Aside title={t('reviews.earlier')}>
            {history.map((earlier) => (
              <Text key={earlier.replaced_at} size="sm" style={{ whiteSpace: 'pre-line' }}>
                {moment(earlier.replaced_at)}: {earlier.title} — {earlier.text}
              </Text>
            ))}
          </Aside>
        )}
      </Stack>
    </Card>
  );
};

const NOTE_MOST = 500;

interface RejectFormProps {
  readonly review: Moderated['review'];
  readonly send: (verdict: Verdict) => void;
}

const RejectForm = ({ review, send }: RejectFormProps): ReactNode => {
  const { t } = useTranslation();
  const [reason, setReason] = useState<RejectionReason>('off_topic');
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    send({
      review,
      decision: 'reject',
      reason,
      note: textIn(event.currentTarget, 'note').trim(),
      why: textIn(event.currentTarget, 'why'),
    });
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <NativeSelect
          label={t('reviews.rejectReason')}
          data={REASONS.map((value) => ({ value, label: t(`reviews.rejection.${value}`) }))}
          value={reason}
          onChange={({ currentTarget: { value } }) =>
            setReason(REASONS.find((one) => one === value) ?? 'other')
          }
          data-autofocus
        />
        <Textarea
          name="note"
          label={t('reviews.note')}
          description={t('reviews.noteHint')}
          maxLength={NOTE_MOST}
          autosize
          minRows={2}
        />
        <TextInput
          name="why"
          label={t('audit.optionalReason')}
          description={t('audit.reasonHint')}
          maxLength={NOTE_MOST}
        />
        <Button type="submit" color="red" fullWidth>
          {t('keys.reject')}
        </Button>
      </Stack>
    </form>
  );
};

export const Route = createLazyRoute('/shell/reviews')({ component: Reviews });
