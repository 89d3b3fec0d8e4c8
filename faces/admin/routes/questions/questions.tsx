import {
  Anchor,
  Badge,
  Box,
  Button,
  Card,
  Group,
  Kbd,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconCheck, IconMoodSmile, IconX } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useState, type KeyboardEvent, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { LeaveGuard } from '../../shared/form/leave-guard.tsx';
import { textIn } from '../../shared/form/text-in.ts';
import { useKeys } from '../../shared/keys.ts';
import { Modal } from '../../shared/modal.tsx';
import { notify } from '../../shared/notify.ts';
import { Page } from '../../shared/page.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { Aside, Queue, useQueue } from '../../shared/queue.tsx';
import { Blank, Failure, RowsSkeleton } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import { Views } from '../../shared/views.tsx';
import { productNameQuery } from '../reviews/reviews-query.ts';
import {
  answer,
  decide,
  pendingIn,
  questionsQuery,
  type Decision,
  type Post,
  type Question,
} from './questions-query.ts';
import './texts.ts';
import { VIEWS } from './view.ts';

const MOST_TEXT = 2_000;
const MOST_REASON = 500;

const Questions = (): ReactNode => {
  const { t } = useTranslation();
  const search = Route.useSearch();
  const { view = 'moderator' } = search;
  const query = useInfiniteQuery(questionsQuery(search));
  const questions = query.data?.pages.flatMap(({ items }) => items);
  /** Answers that were begun, by question. */
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  return (
    <Page title={t('menu.questions')} wide>
      <Box mb="md">
        <Views
          label={t('questions.views')}
          current={view}
          views={VIEWS.map((one) => ({ view: one, label: t(`questions.view.${one}`) }))}
          searchOf={(one) => (one === 'moderator' ? {} : { view: one })}
        />
      </Box>
      {questions === undefined ? (
        query.error ? (
          <Failure error={query.error} again={() => void query.refetch()} isTrying={query.isFetching} />
        ) : (
          <RowsSkeleton />
        )
      ) : questions.length === 0 ? (
        <Box className="surface">
          <Blank Icon={IconMoodSmile} title={t('questions.none')} text={t(`questions.noneText.${view}`)} />
        </Box>
      ) : (
        <QuestionQueue
          questions={questions}
          drafts={drafts}
          setDraft={(id, text) => setDrafts((before) => ({ ...before, [id]: text }))}
          hasMore={query.hasNextPage}
          more={() => void query.fetchNextPage()}
          isLoading={query.isFetchingNextPage}
        />
      )}
      <LeaveGuard isUnsaved={() => Object.values(drafts).some((text) => text.trim() !== '')} />
    </Page>
  );
};

interface QuestionQueueProps {
  readonly questions: readonly Question[];
  readonly drafts: Readonly<Record<string, string>>;
  readonly setDraft: (questionId: string, text: string) => void;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly more: () => void;
}

const QuestionQueue = ({ questions, drafts, setDraft, ...loading }: QuestionQueueProps): ReactNode => {
  const { t } = useTranslation();
  const { ago } = useFormat();
  const may = useMay();
  const queries = useQueryClient();
  const [rejected, setRejected] = useState<Post>();
  const items = questions.map((question) => ({
    id: question.question_id,
    title: question.text,
    text: `${question.author} · ${ago(question.created_at)}`,
  }));
  const place = useQueue(
    items.map(({ id }) => id),
    Route.useSearch().id,
  );
  const current = questions[place.at];
  const isWriter = may('review:write');
  const pending = current === undefined ? [] : pendingIn(current);
  const [first] = pending;

  const decision = useMutation({
    mutationFn: decide,
    onMutate: ({ answerId }: Decision) => {
      setRejected(undefined);
      if (pending.every((post) => post.answerId === answerId)) place.leave();
    },
    onSuccess: (_, { decision: verdict, answerId }) =>
      notify({
        color: 'teal',
        message: t(`questions.done.${verdict}.${answerId === undefined ? 'question' : 'answer'}`),
      }),
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['questions'] }),
  });
  const approve = (post: Post | undefined): void => {
    if (isWriter && post && !decision.isPending) decision.mutate({ ...post, decision: 'approve' });
  };
  useKeys({
    a: () => approve(first),
    r: () => {
      if (isWriter) setRejected(first);
    },
  });
  if (!current) return null;

  return (
    <Queue items={items} at={place.at} show={place.show} {...loading}>
      <QuestionCard
        key={current.question_id}
        question={current}
        first={first}
        approve={approve}
        reject={setRejected}
      />
      {isWriter && current.status !== 'rejected' && (
        <AnswerForm
          key={`answer ${current.question_id}`}
          question={current}
          text={drafts[current.question_id] ?? ''}
          change={(text) => setDraft(current.question_id, text)}
          leave={() => {
            if (pending.every((post) => post.answerId === undefined)) place.leave();
          }}
        />
      )}
      <Modal
        opened={rejected !== undefined}
        onClose={() => setRejected(undefined)}
        title={t(`questions.rejectTitle.${rejected?.answerId === undefined ? 'question' : 'answer'}`)}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        <RejectForm
          send={(why) => {
            if (rejected && !decision.isPending) decision.mutate({ ...rejected, decision: 'reject', why });
          }}
        />
      </Modal>
    </Queue>
  );
};

interface QuestionCardProps {
  readonly question: Question;
  /** The post that the keys decide about. */
  readonly first: Post | undefined;
  readonly approve: (post: Post) => void;
  readonly reject: (post: Post) => void;
}

const QuestionCard = ({ question, first, approve, reject }: QuestionCardProps): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  const product = useQuery(productNameQuery(question.product_id));
  const { question_id: questionId } = question;
  const acts = (post: Post, status: Question['status'], name: string): ReactNode =>
    may('review:write') && (
      <PostActs
        name={name}
        status={status}
        hasKeys={first !== undefined && first.answerId === post.answerId}
        approve={() => approve(post)}
        reject={() => reject(post)}
      />
    );
  return (
    <Card className="surface" padding="lg" component="article" aria-label={t('questions.question')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <PostState status={question.status} />
          <Text size="xs" c="dimmed" component="time" dateTime={question.created_at}>
            {moment(question.created_at)}
          </Text>
        </Group>
        <Text fw={600} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {question.text}
        </Text>
        <Text size="sm" c="dimmed">
          {t('questions.by', { author: question.author })} ·{' '}
          {may('catalog:read') ? (
            <Anchor
              underline="always"
              size="sm"
              renderRoot={(props) => (
                <Link to="/products/$productId" params={{ productId: question.product_id }} {...props} />
              )}
            >
              {product.data ?? t('questions.product')}
            </Anchor>
          ) : (
            (product.data ?? t('questions.product'))
          )}
        </Text>
        {acts({ questionId }, question.status, t('questions.question'))}
        {question.answers.map((one) => (
          <Aside
            key={one.answer_id}
            title={
              <Group gap="xs">
                {one.author} · {moment(one.created_at)}
                {one.is_staff && <Badge color="blue">{t('questions.shop')}</Badge>}
                <PostState status={one.status} />
              </Group>
            }
          >
            <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
              {one.text}
            </Text>
            {acts({ questionId, answerId: one.answer_id }, one.status, one.author)}
          </Aside>
        ))}
      </Stack>
    </Card>
  );
};

const COLORS = { pending: 'orange', approved: 'teal', rejected: 'red' } as const;

const PostState = ({ status }: { readonly status: Question['status'] }): ReactNode => {
  const { t } = useTranslation();
  return <Badge color={COLORS[status]}>{t(`questions.status.${status}`)}</Badge>;
};

interface PostActsProps {
  /** What the buttons are about. */
  readonly name: string;
  readonly status: Question['status'];
  readonly hasKeys: boolean;
  readonly approve: () => void;
  readonly reject: () => void;
}

const PostActs = ({ name, status, hasKeys, approve, reject }: PostActsProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <Group gap="xs" mt={4} role="group" aria-label={name}>
      {status !== 'approved' && (
        <Button
          size="xs"
          leftSection={<IconCheck size={14} />}
          rightSection={hasKeys && <Kbd size="xs">A</Kbd>}
          onClick={approve}
        >
          {t('keys.approve')}
        </Button>
      )}
      {status !== 'rejected' && (
        <Button
          size="xs"
          color="red"
          variant="outline"
          leftSection={<IconX size={14} />}
          rightSection={hasKeys && <Kbd size="xs">R</Kbd>}
          onClick={reject}
        >
          {t('keys.reject')}
        </Button>
      )}
    </Group>
  );
};

interface AnswerFormProps {
  readonly question: Question;
  readonly text: string;
  readonly change: (text: string) => void;
  /** Called when the question is about to leave the queue. */
  readonly leave: () => void;
}

const AnswerForm = ({ question, text, change, leave }: AnswerFormProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const keyed = useKeyed();
  const send = useMutation({
    mutationFn: () => keyed((key) => answer(question, text.trim(), key)),
    onSuccess: () => {
      change('');
      leave();
      notify({ color: 'teal', message: t('questions.answered') });
    },
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['questions'] }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (text.trim() !== '' && !send.isPending) send.mutate();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs" align="flex-start">
        <Textarea
          w="100%"
          label={t('questions.answer')}
          description={t('questions.answerHint')}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={MOST_TEXT}
          value={text}
          readOnly={send.isPending}
          onChange={({ currentTarget: { value } }) => change(value)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" disabled={text.trim() === ''} loading={send.isPending}>
          {question.status === 'pending' ? t('questions.approveAndAnswer') : t('questions.send')}
        </Button>
      </Stack>
    </form>
  );
};

const RejectForm = ({ send }: { readonly send: (why: string) => void }): ReactNode => {
  const { t } = useTranslation();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    send(textIn(event.currentTarget, 'why'));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('questions.rejectText')}</Text>
        <TextInput
          name="why"
          label={t('audit.optionalReason')}
          description={t('audit.reasonHint')}
          maxLength={MOST_REASON}
          data-autofocus
        />
        <Button type="submit" color="red" fullWidth>
          {t('keys.reject')}
        </Button>
      </Stack>
    </form>
  );
};

export const Route = createLazyRoute('/shell/questions')({ component: Questions });
