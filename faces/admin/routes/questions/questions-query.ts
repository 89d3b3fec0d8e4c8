import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, auditReason, dataOf, type Schemas } from '../../api.ts';
import type { QuestionsView } from './view.ts';

export type Question = Schemas['Question'];

const PAGE = 50;

/** All that the queue knows of the API is here. */
export const questionsQuery = ({ view }: QuestionsView) =>
  infiniteQueryOptions({
    queryKey: ['questions', 'list', view ?? 'moderator'],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/moderation/questions', {
          params: {
            query: {
              awaiting: view ?? 'moderator',
              limit: PAGE,
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next,
  });

/** A question, or one of its answers. */
export interface Post {
  readonly questionId: string;
  /** Undefined for the question itself. */
  readonly answerId?: string | undefined;
}

/** The posts of a question that are not decided, in order. */
export const pendingIn = ({ question_id: questionId, status, answers }: Question): readonly Post[] => [
  ...(status === 'pending' ? [{ questionId }] : []),
  ...answers
    .filter((answer) => answer.status === 'pending')
    .map(({ answer_id: answerId }) => ({ questionId, answerId })),
];

export interface Decision extends Post {
  readonly decision: 'approve' | 'reject';
  /** For the audit trail. */
  readonly why?: string;
}

export const decide = ({ questionId, answerId, decision, why = '' }: Decision): Promise<unknown> =>
  api.POST('/api/v1/moderation/question-decisions', {
    params: { header: auditReason(why) },
    body: {
      question_id: questionId,
      ...(answerId === undefined ? {} : { answer_id: answerId }),
      decision,
    },
  });

/** Answers for the shop; a question that is not visible yet is approved first. */
export const answer = async (
  { question_id: questionId, status }: Question,
  text: string,
  key: string,
): Promise<void> => {
  if (status === 'pending') await decide({ questionId, decision: 'approve' });
  await api.POST('/api/v1/questions/{question_id}/answers', {
    params: { path: { question_id: questionId }, header: { 'Idempotency-Key': key } },
    body: { text },
  });
};
