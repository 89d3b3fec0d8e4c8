import { isStaff, type User } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import type { components, operations } from '#openapi/generated/review.ts';
import type { makeAnswer, makeAsk, makeDecidePost, Writer } from '../../core/application/questions.ts';
import type { Question } from '../../core/domain/question.ts';
import type { QuestionQueries } from '../../core/ports/review-queries.ts';
import { byUser } from './by-user.ts';
import type { ReviewCode } from './errors.ts';
import { fromPage } from './mapping.ts';

type Schemas = components['schemas'];

export interface QuestionUseCases {
  readonly ask: ReturnType<typeof makeAsk>;
  readonly answer: ReturnType<typeof makeAnswer>;
  readonly decidePost: ReturnType<typeof makeDecidePost>;
  readonly questions: QuestionQueries;
}

const writerOf = (user: User): Writer => ({
  userId: user.userId,
  name: user.name,
  isStaff: isStaff(user),
});

/** Customers see approved answers, and their own. */
const seenBy =
  (userId?: string) =>
  (post: { readonly status: string; readonly userId: string }): boolean =>
    post.status === 'approved' || post.userId === userId;

const fromQuestion = (question: Question, isSeen: ReturnType<typeof seenBy>): Schemas['Question'] => ({
  question_id: question.id,
  product_id: question.productId,
  author: question.author,
  text: question.text,
  status: question.status,
  answers: question.answers.filter(isSeen).map((given) => ({
    answer_id: given.id,
    author: given.author,
    is_staff: given.isStaff,
    text: given.text,
    status: given.status,
    created_at: given.createdAt,
  })),
  created_at: question.createdAt,
});

export const makeQuestionHandlers = ({
  ask,
  answer,
  decidePost,
  questions,
}: QuestionUseCases): Pick<
  Handlers<operations, ReviewCode>,
  'listQuestions' | 'askQuestion' | 'answerQuestion' | 'listModeratedQuestions' | 'decideQuestion'
> => ({
  listQuestions: async ({ path, query: { limit = 24, cursor } }) => {
    const page = await questions.page({ productId: path.product_id.toLowerCase(), limit, cursor });
    return page.ok
      ? { status: 200, body: fromPage(page.value, (question) => fromQuestion(question, seenBy())) }
      : page;
  },
  askQuestion: async ({ principal, path, body, idempotency }) =>
    byUser(principal, async (user) => {
      const asked = await ask(path.product_id.toLowerCase(), writerOf(user), body.text, idempotency);
      return asked.ok ? { status: 201, body: fromQuestion(asked.value, seenBy(user.userId)) } : asked;
    }),
  answerQuestion: async ({ principal, path, body, idempotency }) =>
    byUser(principal, async (user) => {
      const answered = await answer(path.question_id, writerOf(user), body.text, idempotency);
      return answered.ok
        ? { status: 201, body: fromQuestion(answered.value, seenBy(user.userId)) }
        : answered;
    }),
  listModeratedQuestions: async ({ query: { awaiting = 'moderator', limit = 24, cursor } }) => {
    const page = await questions.waiting({ awaited: awaiting, limit, cursor });
    return page.ok
      ? { status: 200, body: fromPage(page.value, (question) => fromQuestion(question, () => true)) }
      : page;
  },
  decideQuestion: async ({ body }) => {
    const { question_id: questionId, answer_id: answerId, decision } = body;
    const decided = await decidePost({ questionId, answerId, isApproved: decision === 'approve' });
    return decided.ok ? { status: 204 } : decided;
  },
});
