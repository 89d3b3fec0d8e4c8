import type { Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/notification.ts';
import type { makeLiftSuppression, makeTakeFeedback } from '../../core/application/take-feedback.ts';
import type { Feedback } from '../../core/domain/suppression.ts';
import type { makeSendGridFeedback } from '../feedback/sendgrid.ts';
import type { makeSesFeedback } from '../feedback/ses.ts';
import type { makeTwilioFeedback } from '../feedback/twilio.ts';
import type { NotificationCode } from './errors.ts';

/** The providers whose reports are taken. */
export interface FeedbackReaders {
  readonly ses?: ReturnType<typeof makeSesFeedback> | undefined;
  readonly sendgrid?: ReturnType<typeof makeSendGridFeedback> | undefined;
  readonly twilio?: ReturnType<typeof makeTwilioFeedback> | undefined;
}

export interface FeedbackUseCases {
  readonly readers: FeedbackReaders;
  readonly takeFeedback: ReturnType<typeof makeTakeFeedback>;
  readonly liftSuppression: ReturnType<typeof makeLiftSuppression>;
}

type Operation = 'takeSesFeedback' | 'takeSendGridFeedback' | 'takeTwilioFeedback' | 'liftSuppression';

const NOTHING = refuse('NOT_FOUND', 'This shop does not use the provider.');
const FORGED = refuse('UNAUTHENTICATED', 'The signature is not that of the provider.');

export const makeFeedbackHandlers = ({
  readers: { ses, sendgrid, twilio },
  takeFeedback,
  liftSuppression,
}: FeedbackUseCases): Pick<Handlers<operations, NotificationCode>, Operation> => {
  const take = async (reports: readonly Feedback[] | undefined) => {
    if (!reports) return FORGED;
    await takeFeedback(reports);
    return { status: 204 as const };
  };
  return {
    takeSesFeedback: async ({ body }) => (ses ? take(await ses(body)) : NOTHING),
    takeSendGridFeedback: async ({ body, raw, headers }) => {
      if (!sendgrid) return NOTHING;
      const signature = headers['x-twilio-email-event-webhook-signature'];
      const timestamp = headers['x-twilio-email-event-webhook-timestamp'];
      return take(sendgrid({ raw: raw ?? Buffer.of(), signature, timestamp, events: body }));
    },
    takeTwilioFeedback: async ({ query, body, headers }) =>
      twilio ? take(twilio(query.id, body, headers['x-twilio-signature'])) : NOTHING,
    liftSuppression: async ({ path }) =>
      (await liftSuppression(path.email))
        ? { status: 204 }
        : refuse('NOT_SUPPRESSED', 'Mails to this address are allowed.'),
  };
};
