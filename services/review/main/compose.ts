import { Container } from 'inversify';
import { z } from 'zod';
import { readConfig } from '#adapters/service/config.ts';
import type { CommonStore, Composition, MongoStore, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { DAY } from '#kernel/clock.ts';
import { httpProducts } from '../adapters/clients/catalog.http.ts';
import { httpMediaLibrary } from '../adapters/clients/media.http.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { orderHandlers } from '../adapters/messaging/consumer.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { BLOCKED_WORDS } from '../adapters/screen/blocked-words.ts';
import { makeRuleScreen } from '../adapters/screen/rule-screen.ts';
import { makeDecide, makeReply } from '../core/application/moderate.ts';
import { makePersonalData } from '../core/application/personal-data.ts';
import { makeAnswer, makeAsk, makeDecidePost } from '../core/application/questions.ts';
import {
  makeRememberAll,
  makeRememberParticipation,
  makeReport,
  makeVote,
} from '../core/application/take-part.ts';
import {
  makeAppealReview,
  makeCreateReview,
  makeDeleteReview,
  makeEditReview,
} from '../core/application/write-reviews.ts';
import { watchScreen } from './metrics.ts';
import { makeRepair } from './repair.ts';
import { storage, Storage } from './storage.ts';
import { mongoSweeps } from './sweeps.mongo.ts';

const settings = {
  REVIEW_BLOCKED_WORDS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((word) => word.trim().toLowerCase() || [])),
};

export const compose = (toolbox: Toolbox<CommonStore | MongoStore>): Composition => {
  const { clock, env, ids } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const { reviews, purchases, questions, participations } = container.get(Storage.Queries);
  const { REVIEW_BLOCKED_WORDS: more } = readConfig(settings, env);
  const rules = makeRuleScreen(reviews, questions, clock, [...BLOCKED_WORDS, ...more]);
  const screen = watchScreen(toolbox, rules);
  const library = httpMediaLibrary(toolbox.client('media', { retries: 1 }));
  const products = httpProducts(toolbox.client('catalog', { retries: 1 }));
  const tools = { unitOfWork, clock, toWire };
  const rememberParticipation = makeRememberParticipation(tools, ids);
  const parts = { unitOfWork, rememberParticipation, queries: reviews };
  const repair = makeRepair(toolbox);
  return {
    handlers: makeHandlers({
      createReview: makeCreateReview(tools, ids, purchases, screen, library),
      editReview: makeEditReview(tools, reviews, screen, library),
      deleteReview: makeDeleteReview(tools),
      appealReview: makeAppealReview(tools),
      vote: makeVote(parts),
      report: makeReport({ ...parts, clock }),
      decide: makeDecide(tools),
      reply: makeReply(tools),
      ask: makeAsk(tools, ids, screen, products),
      answer: makeAnswer(tools, ids, screen),
      decidePost: makeDecidePost(tools),
      questions,
      queries: reviews,
      purchases,
      personalData: makePersonalData(tools, { reviews, questions, purchases, participations }),
    }),
    errors,
    consumers: [makeConsumer(toolbox, unitOfWork, 'review', orderHandlers, { gatherMs: UNHURRIED_MS })],
    sweeps: [
      {
        name: 'ratings that differ from the reviews, or were never published',
        everyMs: DAY,
        sweep: async () => {
          await repair();
        },
      },
      ...mongoSweeps(toolbox, makeRememberAll(rememberParticipation)),
    ],
  };
};
