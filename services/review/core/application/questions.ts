import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { answer, ask, judgePost, post, type Question, type TooManyAnswers } from '../domain/question.ts';
import { authorOf, checkText, type InvalidText } from '../domain/review.ts';
import type { Products } from '../ports/products.ts';
import type { ReviewScreen } from '../ports/review-screen.ts';
import type { Tools } from './tools.ts';

/** Who asks or answers. */
export interface Writer {
  readonly userId: string;
  /** First and last name. */
  readonly name: string;
  /** Speaks for the shop, and needs no screen. */
  readonly isStaff: boolean;
}

type QuestionNotFound = Refusal<'QUESTION_NOT_FOUND'>;
export const QUESTION_NOT_FOUND = refuse('QUESTION_NOT_FOUND', 'There is no such question.');

type ProductNotFound = Refusal<'PRODUCT_NOT_FOUND'>;
const PRODUCT_NOT_FOUND = refuse('PRODUCT_NOT_FOUND', 'There is no such product.');

/** Only the use cases of this file store outcomes under their keys. */
const recall = (kept: unknown): Question => kept as Question;

const writing =
  (screen: ReviewScreen) =>
  async ({ userId, name, isStaff }: Writer, text: string) => {
    const checked = checkText('text', text);
    if (!checked.ok) return checked;
    const submission = { authorId: userId, title: '', text: checked.value };
    const reasons = isStaff ? [] : (await screen.screen(submission)).reasons;
    return ok({ userId, author: authorOf(name), text: checked.value, reasons });
  };

/** Asks about a product that customers see. */
export const makeAsk =
  (
    { unitOfWork, clock }: Pick<Tools, 'unitOfWork' | 'clock'>,
    ids: Ids,
    screen: ReviewScreen,
    products: Products,
  ) =>
  async (
    productId: string,
    writer: Writer,
    text: string,
    key?: IdempotencyKey,
  ): Promise<Result<Question, InvalidText | ProductNotFound | IdempotencyRefusal>> => {
    const written = await writing(screen)(writer, text);
    if (!written.ok) return written;
    const isPublished = await products.isPublished(productId);
    return once(
      unitOfWork,
      key,
      recall,
      async ({ questions }): Promise<Result<Question, ProductNotFound>> => {
        if (!isPublished) return PRODUCT_NOT_FOUND;
        const asked = post({ ...written.value, id: ids.next(), createdAt: clock.now().toISOString() });
        const question = ask(productId, asked);
        await questions.save(question);
        return ok(question);
      },
    );
  };

type AnswerRefused = QuestionNotFound | TooManyAnswers;

/** Answers a visible question; returns the question. */
export const makeAnswer =
  ({ unitOfWork, clock }: Pick<Tools, 'unitOfWork' | 'clock'>, ids: Ids, screen: ReviewScreen) =>
  async (
    questionId: string,
    writer: Writer,
    text: string,
    key?: IdempotencyKey,
  ): Promise<Result<Question, InvalidText | AnswerRefused | IdempotencyRefusal>> => {
    const written = await writing(screen)(writer, text);
    if (!written.ok) return written;
    return once(unitOfWork, key, recall, async ({ questions }): Promise<Result<Question, AnswerRefused>> => {
      const question = await questions.find(questionId);
      if (question?.status !== 'approved') return QUESTION_NOT_FOUND;
      const given = post({ ...written.value, id: ids.next(), createdAt: clock.now().toISOString() });
      const answered = answer(question, { ...given, isStaff: writer.isStaff });
      if (answered.ok) await questions.save(answered.value);
      return answered;
    });
  };

export interface PostDecision {
  readonly questionId: string;
  /** The question itself when absent. */
  readonly answerId?: string | undefined;
  readonly isApproved: boolean;
}

export const makeDecidePost =
  ({ unitOfWork }: Pick<Tools, 'unitOfWork'>) =>
  ({ questionId, answerId, isApproved }: PostDecision): Promise<Result<undefined, QuestionNotFound>> =>
    unitOfWork.run(async ({ questions }) => {
      const question = await questions.find(questionId);
      const judged = question && judgePost(question, answerId, isApproved);
      if (!judged) return QUESTION_NOT_FOUND;
      await questions.save(judged);
      return ok(undefined);
    });
