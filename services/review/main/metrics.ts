import type { Toolbox } from '#adapters/service/module.ts';
import type { ReviewScreen } from '../core/ports/review-screen.ts';

/** Counts the texts that the screen passes, and why a moderator must see others. */
export const watchScreen = ({ metrics }: Pick<Toolbox, 'metrics'>, screen: ReviewScreen): ReviewScreen => {
  const screened = metrics.counter(
    'texts_screened_total',
    'Texts of reviews, questions and answers, by why a moderator must see them; once per reason',
    ['reason'],
  );
  return {
    screen: async (submission) => {
      const found = await screen.screen(submission);
      for (const reason of found.reasons.length > 0 ? found.reasons : ['none']) screened.inc({ reason });
      return found;
    },
  };
};
